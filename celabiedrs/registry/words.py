"""The registry in words."""

from django.utils.translation import gettext as _

from celabiedrs.rules.calendar import parse_label


def semester_words(label: str) -> str:
    """2026/27-1 as people say it."""
    read = parse_label(label)
    if read is None:
        return label
    return _("semester %(number)s, %(year)s") % {"number": read.number, "year": read.year}
