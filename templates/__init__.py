"""The shop's words: every notice in every language."""
