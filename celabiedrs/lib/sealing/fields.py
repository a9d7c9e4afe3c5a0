"""The one kind of sealed column. Being one is being registered: the rotation finds them all by their class."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from celabiedrs.lib.sealing.keys import seal, unseal


class _Opened(DeferredAttribute):
    """Text outside, sealed bytes inside: opened when it is read, not when its row is loaded."""

    field: "SealedTextField"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        sealed = self.field.sealed_bytes(instance)
        return None if sealed is None else unseal(sealed, purpose=self.field.purpose)

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, str):
            value = seal(value, purpose=self.field.purpose)
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """A text that the database holds sealed. Reading it raises `CannotOpen` where its key is missing.

    `counted`: whether the operator may be told how many rows there are. Nothing is looked up by a sealed column.
    """

    descriptor_class = _Opened
    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, purpose: str = "", counted: bool = True, **kwargs: Any) -> None:
        self.purpose = purpose
        self.counted = counted
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To a migration it is a column of bytes."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def sealed_bytes(self, instance: models.Model) -> bytes | None:
        """What the database holds or will hold; never opened."""
        value = DeferredAttribute(self).__get__(instance, type(instance))
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        return seal(value, purpose=self.purpose) if isinstance(value, str) else super().get_prep_value(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.sealed_bytes(model_instance)

    def value_from_object(self, obj: models.Model) -> Any:
        return self.sealed_bytes(obj)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


@dataclass(frozen=True)
class SealedColumn:
    model: type[models.Model]
    field: SealedTextField

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"


def sealed_columns() -> list[SealedColumn]:
    """Every sealed column of every app, in the order of the apps."""
    return [
        SealedColumn(model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, SealedTextField)
    ]
