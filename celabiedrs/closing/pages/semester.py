"""A semester ends for a whole school: every plan whose end is near or past on one page, and acts for many at once."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from celabiedrs.closing.access import calls_listed_for
from celabiedrs.closing.actions.bulk import ACTS, AS_SAID, ASK, CLOSE, do, what_follows, why_not
from celabiedrs.closing.models import PlanEnd
from celabiedrs.closing.pages.scope import is_id
from celabiedrs.closing.reading.ends import EndStatus
from celabiedrs.closing.reading.following import papers_to_file
from celabiedrs.closing.reading.semester import ends_of, to_renew, to_speak_of
from celabiedrs.lib.acts import NotAllowed, Refused, WrongState, require
from celabiedrs.lib.once.guard import once
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution


def own_school(request: SignedIn) -> tuple[Institution, list[Institution]]:
    """The school that the address names among those of the person's posts, else the first; 403 where there is none."""
    user = request.user
    places = Institution.objects.filter(pk__in=user.institutions(*SCHOOL_STAFF)).order_by("sort_name")
    schools = [place for place in places if place.is_school]
    require(bool(schools))
    named = request.GET.get("school") or request.POST.get("school")
    return next((school for school in schools if str(school.public_id) == named), schools[0]), schools


def _groups(rows: list[EndStatus]) -> dict[str, list[EndStatus]]:
    live = [row for row in rows if row.live]
    return {
        "": live,
        "evaluation": [row for row in live if not row.evaluated],
        "choice": [row for row in live if row.evaluated and not row.way],
        "ready": [row for row in live if row.closes_together],
        "feedback": to_speak_of(rows),
        "next": to_renew(rows),
        "closed": [row for row in rows if not row.live],
    }


def _words() -> dict[str, str]:
    return {
        "": _("not closed yet"),
        "evaluation": _("evaluation missing"),
        "choice": _("choice missing"),
        "ready": _("ready to close"),
        "feedback": _("feedback missing"),
        "next": _("next plan to prepare"),
        "closed": _("closed lately"),
    }


@require_safe
def semester(request: SignedIn) -> HttpResponse:
    """Exceptions first; each row says what is in, what is missing and how it goes on."""
    user = request.user
    school, schools = own_school(request)
    groups = _groups(ends_of(user, school))
    group = request.GET.get("tab", "")
    chosen = groups.get(group, groups[""])
    prepares = user.holds(Role.PREPARER, at=school)
    acts = [
        act for act in ACTS if prepares or (act == ASK and user.holds(Role.RESPONSIBLE_PERSON, at=school))
    ]
    return page(
        request,
        "closing/semester.html",
        school=school,
        schools=schools,
        several=len(schools) > 1,
        rows=[_row(user, row, acts) for row in chosen],
        any_at_all=any(groups.values()),
        tabs=_tabs(groups, group, school, several=len(schools) > 1),
        group=group,
        acts=[(act, ACTS[act], act == _first(groups, acts)) for act in acts],
        to_renew=len(groups["next"]) if prepares else 0,
        to_speak_of=len(groups["feedback"]) if prepares else 0,
        to_file=papers_to_file(user, school).count() if prepares else 0,
        to_call=PlanEnd.objects.filter(calls_listed_for(user), called_on=None).count(),
        done=bool(groups["closed"]) and not groups[""] and not groups["next"],
    )


def _first(groups: dict[str, list[EndStatus]], acts: list[str]) -> str:
    """The act that is next: closing once some are ready, before that the choices, before that asking."""
    if ASK in acts and len(acts) == 1:
        return ASK
    return CLOSE if groups["ready"] else AS_SAID if groups["choice"] else ASK


def _tabs(
    groups: dict[str, list[EndStatus]], group: str, school: Institution, *, several: bool
) -> list[dict[str, Any]]:
    at = f"&school={school.public_id}" if several else ""
    return [
        {"label": label, "url": f"?tab={name}{at}", "count": len(groups[name]), "current": name == group}
        for name, label in _words().items()
        if groups[name] or name in ("", group)
    ]


def _row(user: User, standing: EndStatus, acts: list[str]) -> dict[str, Any]:
    plan = standing.plan
    return {
        "standing": standing,
        "plan": plan,
        "state": _state(standing),
        "why_not": [(act, why_not(user, standing, act)) for act in acts],
    }


def _state(standing: EndStatus) -> str:
    if not standing.live:
        return _("closed; the next plan is missing") if standing.wants_next else _("closed")
    if standing.closes_together:
        return _("ready to close")
    if standing.over:
        return _("over, not closed")
    return _("ends soon")


@once
@require_POST
def together(request: SignedIn) -> HttpResponse:
    """First what will happen, then, confirmed, each plan by its act in a transaction of its own."""
    user = request.user
    school, schools = own_school(request)
    act = request.POST.get("act", "")
    chosen = {raw for raw in request.POST.getlist("plan") if is_id(raw)}
    rows = [row for row in ends_of(user, school) if str(row.plan.public_id) in chosen]
    back = reverse("closing:semester") + (f"?school={school.public_id}" if len(schools) > 1 else "")
    if act not in ACTS or not rows:
        messages.warning(request, _("Choose at least one plan."))
        return redirect(back)
    reasons = [(row, why_not(user, row, act)) for row in rows]
    joining = [row for row, why in reasons if not why]
    if "confirmed" in request.POST and joining:
        refused = _each(user, act, joining)
        _tell(request, act, len(joining) - len(refused), refused)
        return redirect(back)
    return page(
        request,
        "closing/together.html",
        act=act,
        title=ACTS[act],
        school=school,
        joining=[(row, what_follows(row, act)) for row in joining],
        unfinished=sum(row.verified < row.months for row in joining) if act == CLOSE else 0,
        staying=[(row, why) for row, why in reasons if why],
        back=back,
    )


def _each(user: User, act: str, rows: list[EndStatus]) -> list[tuple[EndStatus, str]]:
    """Do the act to each; those that were refused, with what was said."""
    refused = []
    for row in rows:
        try:
            with transaction.atomic():
                do(act, user, row)
        except Refused as refusal:
            refused.append((row, " ".join(finding.said(_) for finding in refusal.findings)))
        except WrongState as error:
            refused.append((row, error.said))
        except NotAllowed:
            refused.append((row, _("Your posts do not allow this.")))
    return refused


def _tell(request: SignedIn, act: str, done: int, refused: list[tuple[EndStatus, str]]) -> None:
    words = {
        CLOSE: ngettext("%(count)s plan is closed.", "%(count)s plans are closed.", done),
        AS_SAID: ngettext(
            "For %(count)s plan it is chosen how it goes on.",
            "For %(count)s plans it is chosen how it goes on.",
            done,
        ),
        ASK: ngettext(
            "The evaluation of %(count)s plan was asked for.",
            "The evaluations of %(count)s plans were asked for.",
            done,
        ),
    }[act]
    if done:
        messages.success(request, words % {"count": done})
    for row, why in refused:
        messages.warning(request, f"{row.plan.number}, {row.plan.learner.name}: {why}")
