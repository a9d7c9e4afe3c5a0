"""Texts that the operator wrote in several languages."""

from collections.abc import Mapping

from django.utils.translation import get_language


def worded(words: Mapping[str, object]) -> str:
    """The text in the language of the page, else in Latvian, which is always there."""
    return str(words.get(get_language() or "lv") or words.get("lv") or "")
