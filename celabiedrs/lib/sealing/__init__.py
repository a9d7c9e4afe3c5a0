"""Texts sealed at rest: keys from outside the database, one kind of column, one rotation for all of them (R14)."""
