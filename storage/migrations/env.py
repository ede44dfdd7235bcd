"""Alembic's own entry; migrations are run by storage/migrate.py within one transaction."""
