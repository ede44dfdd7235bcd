"""The shop's rules: values in, values out. No clock, no log, no database, no await."""
