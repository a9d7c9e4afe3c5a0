"""`look`: what a person is shown of a thing, through the same scopes as the pages, and the pages themselves.

Each function gives the values that stand on the page and its text; NotFound where the person may not know of the
thing, NotAllowed where it is known and this part of it is not for them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Sum

from celabiedrs.contracts.access import contracts_visible_to
from celabiedrs.contracts.models import Contract
from celabiedrs.hours.access import hours_visible_to, rows_visible_to, sheets_visible_to, stands_by
from celabiedrs.hours.models import SheetState, Timesheet
from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, require
from celabiedrs.lib.outbox.posting import messages_to
from celabiedrs.notes.reading import own_notes
from celabiedrs.pay.access import lines_visible_to, sums_visible_to
from celabiedrs.pay.actions import totals_of
from celabiedrs.pay.models import PayLine, PayRun
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.plans.access import plans_visible_to, story_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words.fields import TEXTS
from celabiedrs.registry.access import mentors_known_to
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.reading import read_month
from celabiedrs.safeguarding.access import reports_visible_to
from celabiedrs.safeguarding.models import SafeguardingReport
from celabiedrs.supervision.access import members_visible_to, sessions_visible_to
from celabiedrs.supervision.models import Member, SupervisionSession
from rehearsal.stories import scopes
from rehearsal.stories.scopes import Cast, NotFound

SENT = (SheetState.SUBMITTED, SheetState.VERIFIED)
REGISTRY_READERS = (
    *SCHOOL_STAFF,
    Role.MUNICIPALITY_COORDINATOR,
    Role.PROJECT_EXPERT,
    Role.PROGRAMME_ADMINISTRATOR,
)


@dataclass
class Shown:
    """What a person is shown: values by their name, and all the text."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def say(self, *parts: object) -> None:
        self.lines.append(" ".join(str(part) for part in parts if part not in (None, "")))

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, *(str(value) for value in self.values.values())])


def _plan_known(cast: Cast, user: User, key: object) -> SupportPlan:
    return scopes.plan(cast, user, key)


def plan(cast: Cast, user: User, key: object, month: object) -> Shown:
    """What is in force: the extension counts, an amendment that waits does not."""
    found = _plan_known(cast, user, key)
    shown = Shown(
        {
            "state": found.state,
            "hours_per_month": found.hours_per_month,
            "starts_on": found.starts_on,
            "ends_on": found.last_day,
        }
    )
    shown.say(found.number)
    if SupportPlan.objects.filter(story_visible_to(user), pk=found.pk).exists():
        shown.values["module"] = found.module
        shown.say(found.learner.name, found.ground, found.mentor.name if found.mentor else "")
        for risk in found.risks.order_by("pk"):
            shown.say(risk.get_kind_display(), risk.reason)
    return shown


def situation(cast: Cast, user: User, key: object, month: object) -> Shown:
    """The agreement's text: not for who sees numbers only; to a mentor their own agreement."""
    found = _plan_known(cast, user, key)
    require(SupportPlan.objects.filter(story_visible_to(user), pk=found.pk).exists())
    agreements = found.agreements.select_related("text").order_by("pk")
    if stands_by(user, found) and not user.holds(*SCHOOL_STAFF, at=found.institution_id):
        agreements = agreements.filter(mentor__user_id=user.pk)
    shown = Shown()
    for agreement in agreements:
        text = getattr(agreement, "text", None)
        if text is not None:
            shown.say(*(field.of(text) for field in TEXTS))
    return shown


def _sheets(cast: Cast, user: User, key: object, month: object) -> tuple[bool, list[Timesheet]]:
    """Whether the plan is known, and the timesheets of which this person may know. NotFound where neither."""
    pk = cast.pk("plan", key)
    known = SupportPlan.objects.filter(plans_visible_to(user), pk=pk).exists()
    sheets = Timesheet.objects.filter(sheets_visible_to(user), plan=pk)
    first = read_month(month)
    if month is not None:
        sheets = sheets.filter(month=first or date.min)
    pks = sheets.order_by().values("pk")
    found = list(Timesheet.objects.filter(pk__in=pks).order_by("month", "supplement", "pk"))
    if not known and not found:
        raise NotFound(f"plan {key}")
    return known, found


def timesheet(cast: Cast, user: User, key: object, month: object) -> Shown:
    """State and hours held, signed or not; rows where the person may read them, hours by day for the pay clerk."""
    _, found = _sheets(cast, user, key, month)
    pks = [sheet.pk for sheet in found]
    rows = set(
        Timesheet.objects.filter(rows_visible_to(user), pk__in=pks).order_by().values_list("pk", flat=True)
    )
    hours = set(
        Timesheet.objects.filter(hours_visible_to(user), pk__in=pks).order_by().values_list("pk", flat=True)
    )
    shown = Shown({"state": found[-1].state if found else SheetState.OPEN.value, "hours": 0})
    for sheet in found:
        if sheet.pk in rows | hours or sheet.state in SENT:
            shown.values["hours"] += sheet.meetings.held().aggregate(Sum("hours"))["hours__sum"] or 0
        if sheet.pk in rows | hours:
            shown.say(sheet.code, f"{sheet.month:%m.%Y}", sheet.get_state_display(), sheet.mentor.name)
            for row in sheet.meetings.standing().order_by("starts_at", "pk"):
                topic = row.topic if sheet.pk in rows else ""
                shown.say(f"{row.held_on:%d.%m.%Y}.", f"{row.hours} st.", row.get_outcome_display(), topic)
    return shown


def meetings(cast: Cast, user: User, key: object, month: object) -> Shown:
    return Shown(lines=timesheet(cast, user, key, month).lines)


def notes(cast: Cast, user: User, key: object, month: object) -> Shown:
    """The own notes about a plan; for who was never its mentor there is no such page."""
    found = _plan_known(cast, user, key)
    if not stands_by(user, found):
        raise NotFound("notes")
    return Shown(lines=own_notes(user, found))


def report(cast: Cast, user: User, key: object, month: object) -> Shown:
    found = scopes.find(cast, user, "report", key)
    shown = Shown({"state": found.state})
    if SafeguardingReport.objects.filter(reports_visible_to(user), pk=found.pk).exists():
        shown.say(found.text, found.get_grounds_display(), *found.services)
        learner = found.plan.learner
        shown.say(learner.name, found.plan.class_year, found.plan.course_year, found.author.name)
        shown.say(found.author.email, getattr(getattr(found.author, "mentor", None), "phone", ""))
    return shown


def contract(cast: Cast, user: User, key: object, month: object) -> Shown:
    found = scopes.find(cast, user, "contract", key)
    shown = Shown({"state": found.state})
    if Contract.objects.filter(contracts_visible_to(user), pk=found.pk).exists():
        shown.say(found.mentor.name, found.employer.name, *found.semesters, f"{found.signed_on:%d.%m.%Y}.")
    return shown


def pay(cast: Cast, user: User, key: object, month: object) -> Shown:
    """Own lines, the employer's lines, or the totals: what the person may see of a run."""
    run = scopes.find(cast, user, "run", key)
    lines = PayLine.objects.filter(lines_visible_to(user), run=run).order_by().values("pk")
    seen = PayLine.objects.filter(pk__in=lines).select_related("mentor__user", "plan").order_by("pk")
    if not seen.exists() and PayRun.objects.filter(sums_visible_to(user), pk=run.pk).exists():
        totals = totals_of(run.lines)
    else:
        totals = totals_of(seen)
    shown = Shown({"hours": totals.hours, "amount": f"{totals.amount:.2f}", "lines": totals.lines})
    shown.values["state"] = run.state
    for line in seen:
        shown.say(
            line.mentor.name, line.plan.number, f"{line.hours} st.", f"{line.rate:.2f}", f"{line.amount:.2f}"
        )
    return shown


def registry(cast: Cast, user: User, key: object, month: object) -> Shown:
    """Who has a certificate, of those of whom the person may know (REG-1)."""
    own = Mentor.objects.filter(user=user).exists()
    if not own and not user.holds(*REGISTRY_READERS):
        raise NotAllowed("registry")
    known = Mentor.objects.filter(mentors_known_to(user), certificate__isnull=False).order_by().values("pk")
    shown = Shown()
    for mentor in Mentor.objects.filter(pk__in=known).select_related("user", "certificate").order_by("pk"):
        places = mentor.municipalities.order_by("name").values_list("name", flat=True)
        shown.say(mentor.name, mentor.user.email, mentor.phone, mentor.certificate.number, *places)
    return shown


def session(cast: Cast, user: User, key: object, month: object) -> Shown:
    found = scopes.find(cast, user, "session", key)
    shown = Shown({"state": found.state})
    starts = found.starts_at.astimezone(clock.RIGA)
    shown.say(f"{starts:%d.%m.%Y. %H:%M}", found.place, found.municipality.name)
    members = Member.objects.filter(members_visible_to(user), session=found).order_by().values("pk")
    for member in Member.objects.filter(pk__in=members).select_related("mentor__user").order_by("pk"):
        shown.say(member.mentor.name)
    return shown


def notices(cast: Cast, user: User, key: object, month: object) -> Shown:
    """The messages to this person, with what their page shows of the things they speak of."""
    shown = Shown()
    for message in messages_to(user):
        shown.say(message.kind, *(value for value in message.context.values()))
        mentor = message.context.get("mentor")
        if mentor:
            named = (
                Mentor.objects.filter(mentors_known_to(user), public_id=str(mentor)).order_by("pk").first()
            )
            shown.say(named.name if named else "")
        _of_session(shown, user, message.context.get("session"))
    return shown


def _of_session(shown: Shown, user: User, public_id: object) -> None:
    if not public_id:
        return
    found = (
        SupervisionSession.objects.filter(public_id=str(public_id)).filter(sessions_visible_to(user)).first()
    )
    if found is None:
        return
    shown.say(f"{found.starts_at.astimezone(clock.RIGA):%d.%m.%Y. %H:%M}", found.place)
    members = Member.objects.filter(members_visible_to(user), session=found).order_by().values("mentor")
    for mentor in Mentor.objects.filter(pk__in=members).select_related("user").order_by("pk"):
        shown.say(mentor.name)


Look = Callable[[Cast, User, object, object], Shown]
LOOKS: dict[str, Look] = {
    "plan": plan,
    "situation": situation,
    "meetings": meetings,
    "timesheet": timesheet,
    "notes": notes,
    "report": report,
    "contract": contract,
    "pay": pay,
    "registry": registry,
    "session": session,
    "notices": notices,
}
NEEDS_THING = frozenset(LOOKS) - {"registry", "notices"}
