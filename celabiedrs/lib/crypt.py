"""Sealing of short texts at rest: Fernet with keys from outside the database, one derived key for each purpose.

The first key of the setting seals, any of them opens (rotation). What was sealed for one purpose does not open for
another.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _keys(purpose: str) -> MultiFernet:
    derived = (hashlib.sha256(f"{purpose}:{key}".encode()).digest() for key in settings.NOTES_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def seal(text: str, *, purpose: str) -> bytes:
    return _keys(purpose).encrypt(text.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    """The text; `cryptography.fernet.InvalidToken` where no key of this purpose opens it."""
    return _keys(purpose).decrypt(bytes(sealed)).decode()
