"""Whether an institution is entered already (CON-3)."""

from celabiedrs.places.models import Institution, Municipality
from celabiedrs.rules.naming import name_key, same_name, shares_a_name

GENERIC = {
    "skola",
    "pamatskola",
    "vidusskola",
    "novada",
    "izglitibas",
    "parvalde",
    "centrs",
    "valsts",
    "gimnazija",
}
"""Words that many institutions have in their names; sharing one says nothing."""


def like_institutions(
    name: object, municipality: Municipality | None, *, exactly: bool = False
) -> list[Institution]:
    """Institutions of the same words of the name there; else also those that share a word that few have."""
    if municipality is None or not name_key(name):
        return []
    here = Institution.objects.filter(municipality=municipality).order_by("sort_name", "pk")
    if exactly:
        return [each for each in here if same_name(each.name, name)]
    own = set(name_key(name)) - GENERIC
    return [
        each
        for each in here
        if same_name(each.name, name) or (shares_a_name(each.name, name) and own & set(name_key(each.name)))
    ]
