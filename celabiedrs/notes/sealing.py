"""Sealing of notes: Fernet with keys from outside the database; the first seals, any of them opens (rotation)."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _keys() -> MultiFernet:
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
            for key in settings.NOTES_KEYS
        ]
    )


def seal(text: str) -> bytes:
    return _keys().encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    return _keys().decrypt(sealed).decode()


def reseal(sealed: bytes) -> bytes:
    """Seal anew with the first key."""
    return _keys().rotate(sealed)
