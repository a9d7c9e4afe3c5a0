"""What a start for service refuses, each with a sentence that says what to set."""

import sys

from config.secrets import DEVELOPMENT_KEY

SHORTEST_KEY = 50
"""Characters; Django's own check asks for as many."""


def refusals() -> list[str]:
    """Why this configuration may not serve real people; empty when it may."""
    from django.conf import settings

    told = []
    if settings.DEBUG:
        told.append("CELABIEDRS_DEBUG=1 shows the inside of the program to strangers: leave it out.")
    told += _keys(settings.SECRET_KEY, settings.NOTES_KEYS)
    if any(host.strip() in {"*", ""} for host in settings.ALLOWED_HOSTS):
        told.append(
            "CELABIEDRS_HOSTS lets any host name in: set it to the names of this service, separated by commas, "
            "such as celabiedrs.example.lv."
        )
    return told


def refused() -> bool:
    """Say every refusal on the console; True when there is one. Outside of service there is none."""
    from django.conf import settings

    told = refusals() if settings.PRODUCTION else []
    for sentence in told:
        print(f"celabiedrs: {sentence}", file=sys.stderr)
    return bool(told)


def _keys(secret: str, notes: list[str]) -> list[str]:
    told = []
    if secret == DEVELOPMENT_KEY:
        told.append(
            "No secret key: set CELABIEDRS_SECRET_KEY to 50 or more random characters "
            "(python3 -c 'import secrets; print(secrets.token_urlsafe(64))')."
        )
    elif len(secret) < SHORTEST_KEY or len(set(secret)) < 5:
        told.append(
            f"CELABIEDRS_SECRET_KEY is too easy to guess: set {SHORTEST_KEY} or more random characters."
        )
    if DEVELOPMENT_KEY in notes:
        told.append(
            "No key for mentors' private notes: set CELABIEDRS_NOTES_KEYS to 50 or more random characters, and "
            "keep a copy away from the database: without it the notes cannot be read again."
        )
    elif any(len(key) < SHORTEST_KEY for key in notes):
        told.append(
            f"A key in CELABIEDRS_NOTES_KEYS is too short: set {SHORTEST_KEY} or more random characters."
        )
    return told
