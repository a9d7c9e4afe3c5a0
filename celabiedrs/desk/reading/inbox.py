"""Messages as a person reads them: in words, with the learner's name where the person may know it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from celabiedrs.desk.words import KINDS
from celabiedrs.lib.look import shown
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import Role, User
from celabiedrs.plans.access import story_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import catalogue
from celabiedrs.rules.reading import read_day


@dataclass(frozen=True)
class Notice:
    """One message on the page. `url` is where it leads, empty where that page is not (any more) there."""

    public_id: uuid.UUID
    text: str
    advice: str
    url: str
    at: datetime
    unread: bool
    urgent: bool


def notices(user: User, messages: Iterable[Message]) -> list[Notice]:
    """These messages in words; the names of the learners in one question."""
    rows = list(messages)
    plans = {str(row.context["plan"]) for row in rows if row.context.get("plan")}
    named = SupportPlan.objects.filter(story_visible_to(user), public_id__in=plans).order_by("pk")
    names = {str(key): name for key, name in named.values_list("public_id", "learner__name")}
    return [_notice(row, names) for row in rows]


def _notice(row: Message, names: Mapping[str, str]) -> Notice:
    kind = KINDS.get(row.template)
    if kind is None:  # of a version of before
        return Notice(row.public_id, _("A message"), "", "", row.created_at, row.read_at is None, False)
    return Notice(
        row.public_id,
        words(row.template, row.context, names),
        str(kind.advice),
        kind.page(row.context),
        row.created_at,
        row.read_at is None,
        kind.urgent,
    )


def words(template: str, context: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """What a message says, as a sentence that begins with a capital letter."""
    number, name = str(context.get("number", "")), (names or {}).get(str(context.get("plan")), "")
    values: dict[str, Any] = {
        "plan": f"{name} ({number})" if name else number,
        "month": _month(context),
        "day": _day(context),
        "before": shown.day(read_day(context.get("before"))),
        "since": shown.day(read_day(context.get("since"))),
        "count": context.get("count", 1),
        "role": _role(context),
        "value": catalogue.label_of(str(context.get("name", ""))).within(get_language()),
    }
    said = str(KINDS[template].text % values)
    return said[:1].upper() + said[1:]


def _month(context: Mapping[str, Any]) -> str:
    day = read_day(context.get("month"))
    return shown.month(day) if day else ""


def _role(context: Mapping[str, Any]) -> str:
    role = context.get("role")
    return str(Role(role).label) if role in Role.values else ""


def _day(context: Mapping[str, Any]) -> str:
    """The day that it is about: of a planned meeting, or of a session with its hour."""
    moment = parse_datetime(str(context.get("starts_at", "")))
    return shown.moment(moment) if moment else shown.day(read_day(context.get("day")))
