"""The shop's memory: tables, transactions, inbox and outbox."""
