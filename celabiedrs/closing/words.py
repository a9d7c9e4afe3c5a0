"""Choices of the closing, and texts that the operator wrote in several languages."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class PlansOnMove(models.TextChoices):
    """What becomes of the open plans of a learner who changes school."""

    END = "end", _("They end here, and the new school begins its own.")
    FINISH = "finish", _("They are finished here; the new school begins in the next semester.")


def worded(words: Mapping[str, object]) -> str:
    """The text in the language of the page, else in Latvian, which is always there."""
    return str(words.get(get_language() or "lv") or words.get("lv") or "")
