"""What is sealed is sealed in one place, and the rotation of keys finds all of it (R14)."""

import ast
from collections.abc import Iterable

from django.apps import apps
from django.db import models

from celabiedrs.lib.sealing.fields import SealedTextField, sealed_columns
from tests.architecture.sources import modules, named, tree

PLACE = "celabiedrs/lib/sealing/"
PLAIN = {
    "once.PostedKey.content": "a hash of what was sent",
    "hours.MeetingSignature.drawing": "a picture, printed on the timesheet",
    "plans.AgreementSignature.drawing": "a picture, printed on the agreement",
}
"""Columns of bytes that are not sealed, each with its reason."""


def unregistered(found: Iterable[type[models.Model]]) -> list[str]:
    """Columns of bytes that the rotation would pass over."""
    names = [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField) and not isinstance(field, SealedTextField)
    ]
    return sorted(set(names) - set(PLAIN))


def test_every_column_of_bytes_is_a_sealed_column_or_a_named_exception() -> None:
    assert unregistered(apps.get_models(include_auto_created=True)) == []


def test_the_look_for_columns_sees() -> None:
    class Forgotten(models.Model):
        sealed = models.BinaryField()

        class Meta:
            app_label = "proof"
            managed = False

    try:
        assert unregistered([Forgotten]) == ["proof.Forgotten.sealed"]
    finally:
        del apps.all_models["proof"]


def test_each_sealed_column_has_a_purpose_of_its_own() -> None:
    purposes = [column.field.purpose for column in sealed_columns()]
    assert len(purposes) >= 2
    assert all(purposes)
    assert len(set(purposes)) == len(purposes)


SIGNS = "celabiedrs/lib/documents/sealed.py"
"""Signs whole documents with a key of its own; it hides nothing and has no column."""


def test_nothing_else_seals() -> None:
    sealing = [
        named(path)
        for path in modules()
        if named(path).startswith("celabiedrs/") and not named(path).startswith((PLACE, SIGNS))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cryptography")
    ]
    assert sealing == []
