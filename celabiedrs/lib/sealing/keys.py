"""Fernet with keys from outside the database, one derived key for each purpose.

The first key of the setting seals, any of them opens. What was sealed for one purpose does not open for another.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(Exception):
    """None of the keys opens it: the key it was sealed with is missing, or the bytes were altered."""


def seal(text: str, *, purpose: str) -> bytes:
    return _all(purpose).encrypt(text.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    try:
        return _all(purpose).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise CannotOpen from None


def reseal(sealed: bytes, *, purpose: str) -> bytes:
    """The same text, sealed with the first key; nobody has read it."""
    try:
        return _all(purpose).rotate(bytes(sealed))
    except InvalidToken:
        raise CannotOpen from None


def opens_with_first_key(sealed: bytes, *, purpose: str) -> bool:
    try:
        _derived(settings.NOTES_KEYS[0], purpose).decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True


def fingerprint(key: str) -> str:
    """Names a key without telling it; no seal is derived from it."""
    return hashlib.sha256(f"{key}/fingerprint".encode()).hexdigest()[:16]


def _derived(key: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{key}".encode()).digest()))


def _all(purpose: str) -> MultiFernet:
    return MultiFernet([_derived(key, purpose) for key in settings.NOTES_KEYS])
