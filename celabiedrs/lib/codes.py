"""Codes that people read from paper and type: of rows, certificates, issued documents."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that looks like another or like a digit: no I, L, O, 0 or 1."""


def new_code(prefix: str) -> str:
    """A new code such as SK-7F3K-92QD: random, about nobody."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"
