"""A filter for the lists of the month close."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(values: Mapping[str, str], key: Any) -> str:
    """What stands in a mapping under a key that is known only in the loop; empty where nothing does."""
    return values.get(str(key), "")
