"""The process: doors, loops, clock and network."""
