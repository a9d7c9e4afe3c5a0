"""A copy of everything that is held about the person who asks (Art. 15, T4), table by table.

Taken from every table that names the person: as themselves (a post, a message, a sign-in) or as a mentor (certificates,
contracts, meetings, pay). What names somebody else, too, is left out of it, each column with its reason.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from celabiedrs.people.models import User
from celabiedrs.registry.models import Mentor

THEMSELVES = ("user", "person", "to", "viewer", "actor", "author")
"""Columns by which a row is about the person; what they entered about others has other names."""
LEFT_OUT = {
    "notes.PrivateNote": "read by their author on their own page alone (CNF-1)",
    "safeguarding.SafeguardingReport": "about a child; read on its own page (CNF-2)",
    "sessions.Session": "a key to a sign-in",
    "mfa.Authenticator": "a secret of a second factor",
    "people.FactorSecret": "a secret of a second factor",
    "people.OneTimeLink": "a digest of a key",
    "once.PostedKey": "digests of forms",
}
UNSAID = {"password", "digest", "notes_codes", "session_key", "situation", "topic", "reason"}
"""Columns that hold a key, or words about somebody else."""


def own_data(user: User) -> dict[str, list[dict[str, Any]]]:
    """Table by table; empty ones are not there."""
    found = {"people.User": [_plain(row) for row in User.objects.filter(pk=user.pk)]}
    for model, rows in _tables(user):
        listed = [_plain(row) for row in rows.order_by("pk")]
        if listed:
            found.setdefault(model._meta.label, []).extend(listed)
    return found


def _tables(user: User) -> Iterator[tuple[type[models.Model], "models.QuerySet[Any]"]]:
    for model in apps.get_models():
        if model._meta.label in LEFT_OUT:
            continue
        for field in model._meta.concrete_fields:
            about = field.remote_field.model if field.remote_field else None
            if about is User and field.name in THEMSELVES:
                yield model, model._base_manager.filter(**{field.name: user.pk})
            elif about is Mentor:
                yield model, model._base_manager.filter(**{f"{field.name}__user": user.pk})


def _plain(row: models.Model) -> dict[str, Any]:
    """A row's own values as they stand; another row is its number. Long texts may tell of others and are left out."""
    fields = [field for field in row._meta.concrete_fields if field.attname not in UNSAID]
    return {
        field.attname: _value(getattr(row, field.attname))
        for field in fields
        if not isinstance(field, (models.BinaryField, models.TextField))
    }


def _value(value: Any) -> Any:
    return value if isinstance(value, (bool, int, type(None), dict, list)) else str(value)
