"""The kinds of groups: II is described by the material, the others are the operator's (SUP-2)."""

from django.db import transaction

from celabiedrs.lib.acts import Done, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import User
from celabiedrs.rules import supervision as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_integer, read_text
from celabiedrs.supervision.facts import load_group_kinds
from celabiedrs.supervision.models import GroupKind

NAME = 160


@transaction.atomic
def keep_group_kind(
    *,
    by: User,
    kind: GroupKind | None,
    code: object = "",
    name: object = "",
    class_since: object = "",
    class_until: object = "",
    courses: bool = False,
    size_limit: object = "",
) -> Done[GroupKind]:
    """[SUP-2] [SUP-4] Enter a kind of group, or change it; a code stays what it is. Sessions that are planned keep to
    what holds when their group is composed."""
    require(may_keep_programme(by))
    load_group_kinds()
    code = kind.code if kind is not None else read_text(code)
    cautions = refuse(
        rules.group_kind(
            code=code,
            taken=kind is None and GroupKind.objects.filter(code__iexact=code).exists(),
            name=name,
            class_since=class_since,
            class_until=class_until,
            courses=courses,
            size_limit=size_limit,
        ),
        fits(text=name, field="name", clause="SUP-2", characters=NAME),
    )
    row = GroupKind.objects.select_for_update().filter(code=code).first() or GroupKind(code=code)
    row.name, row.size_limit = read_text(name), read_integer(size_limit)
    if code != rules.DESCRIBED:
        row.class_since, row.class_until = read_integer(class_since), read_integer(class_until)
        row.courses = bool(courses)
    row.save()
    record(row, "group_kind_changed" if kind else "group_kind_entered", by=by, code=code, size=row.size_limit)
    return Done(row, cautions)
