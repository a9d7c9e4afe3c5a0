"""The school closes the month: everything that is in order together, the rest one by one (LOG-10, DUT-1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.hours import actions
from celabiedrs.hours.reading.marks import Mark
from celabiedrs.hours.reading.month_close import Pair, SchoolMonth, load_month
from celabiedrs.lib import clock
from celabiedrs.lib.acts import NotAllowed, Refused, Stale, WrongState
from celabiedrs.lib.once.guard import form_page, mark_done
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.close import AMBER, GREEN, RED
from celabiedrs.rules.reading import read_month


@dataclass(frozen=True)
class Failed:
    """A month that was ticked and did not go in: whose, and why."""

    pair: Pair
    findings: tuple[Finding, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: str = ""


@form_page
def close(request: SignedIn) -> HttpResponseBase:
    """A school's month by exception; POST verifies the ticked ones, each by itself."""
    user = request.user
    school, schools = _school(request, user)
    month = read_month(request.GET.get("month", "")) or _month_before(clock.month_of(clock.today()))
    url = month_url(school, month, len(schools) > 1)
    found = load_month(school, month, user)
    if request.method == "GET":
        return _close_page(request, user, school, schools, month, found)
    if not user.holds(Role.RESPONSIBLE_PERSON, at=school):
        raise NotAllowed
    done, failed = _verify_ticked(user, found, request.POST)
    if done:
        text = ngettext("%(n)s month is verified.", "%(n)s months are verified.", done) % {"n": done}
        messages.success(request, text)
    elif not failed:
        messages.warning(request, _("Nothing was ticked, so nothing was verified."))
    if not failed:
        return redirect(url)
    found = load_month(school, month, user)
    answer = _close_page(request, user, school, schools, month, found, failed=failed, done=done)
    return mark_done(answer, url) if done else answer


def _verify_ticked(user: User, found: SchoolMonth, typed: QueryDict) -> tuple[int, list[Failed]]:
    """Verify what was ticked, or what had its paper sum typed in, one act each: how many went in, and what did not."""
    ticked = set(typed.getlist("tick"))
    done, failed = 0, []
    for pair in found.pairs:
        key = str(pair.sheet.public_id)
        paper = typed.get(f"paper-{key}", "").strip()
        if key not in ticked and not (paper and pair.any_paper):
            continue
        if pair.waits and pair.tone == RED and not pair.asks_sum_only:
            failed.append(Failed(pair, marks=pair.marks))
            continue
        if (failure := _verify_one(user, pair, paper, typed.get(f"version-{key}", ""))) is None:
            done += 1
        else:
            failed.append(failure)
    return done, failed


def _verify_one(user: User, pair: Pair, paper: str, version: str) -> Failed | None:
    sheet = pair.sheet
    try:
        actions.verify_month(
            by=user,
            plan=sheet.plan,
            month=sheet.month,
            mentor=sheet.mentor,
            paper_hours=paper,
            version=int(version) if version.isdigit() else None,
        )
    except Refused as refusal:
        return Failed(pair, findings=refusal.findings)
    except Stale:
        return Failed(
            pair, words=_("It was submitted again since this page was opened. Look at it once more.")
        )
    except WrongState as error:
        return Failed(pair, words=error.said)
    return None


def _close_page(
    request: SignedIn,
    user: User,
    school: Institution,
    schools: list[Institution],
    month: date,
    found: SchoolMonth,
    *,
    failed: list[Failed] | None = None,
    done: int = 0,
) -> HttpResponse:
    may = user.holds(Role.RESPONSIBLE_PERSON, at=school)
    several = len(schools) > 1
    after = clock.next_month(month)
    return page(
        request,
        "hours/close.html",
        status=422 if failed and not done else 200,
        school=school,
        schools=_tabs(school, schools, month),
        month=month,
        before=month_url(school, _month_before(month), several),
        before_month=_month_before(month),
        after=month_url(school, after, several) if after <= clock.month_of(clock.today()) else "",
        after_month=after,
        action=month_url(school, month, several),
        found=found,
        groups=_groups(found),
        counts=_counts(found),
        waiting=[pair for pair in found.pairs if pair.waits],
        green=len([pair for pair in found.waiting(GREEN) if pair.tickable]),
        failed=failed or (),
        done=done,
        typed={key.removeprefix("paper-"): value for key, value in request.POST.items()},
        may=may,
    )


def _tabs(school: Institution, schools: list[Institution], month: date) -> list[dict[str, Any]]:
    """The same month of the other schools, where the user holds posts at several."""
    if len(schools) == 1:
        return []
    return [
        {"label": one.name, "url": month_url(one, month, True), "current": one.pk == school.pk}
        for one in schools
    ]


def _groups(found: SchoolMonth) -> list[dict[str, Any]]:
    """What waits, the loudest first; those that lack only the sum of the signed sheet stand by themselves."""
    red = found.waiting(RED)
    groups = (
        ("red", _("To look at one by one"), _("Something stands in the way of verifying these together."),
         [pair for pair in red if not pair.asks_sum_only]),
        ("paper", _("Signed in ink"), _("Add up the signed sheet and type the sum in; then the month goes along."),
         [pair for pair in red if pair.asks_sum_only]),
        ("amber", _("Worth a look"), _("Can be verified; tick them when there is nothing to ask."),
         found.waiting(AMBER)),
        ("green", _("In order"), _("Signed by both, within the limit, nothing unusual."), found.waiting(GREEN)),
    )  # fmt: skip
    return [
        {
            "tone": tone,
            "title": title,
            "text": text,
            "pairs": pairs,
            "paper": any(pair.any_paper for pair in pairs),
        }
        for tone, title, text, pairs in groups
        if pairs
    ]


def _counts(found: SchoolMonth) -> list[tuple[str, int, str]]:
    """Words, number and tone of the figures on top."""
    red = found.waiting(RED)
    on_paper = len([pair for pair in red if pair.asks_sum_only])
    counts = [
        (_("To look at"), len(red) - on_paper, RED),
        (_("Signed in ink"), on_paper, RED),
        (_("Worth a look"), len(found.waiting(AMBER)), AMBER),
        (_("In order"), len(found.waiting(GREEN)), GREEN),
        (_("Already verified"), len(found.verified), "grey"),
        (_("With the mentors"), len(found.with_mentor) + len(found.returned), "grey"),
    ]
    return [count for count in counts if count[1] or count[0] != _("Signed in ink")]


def _school(request: SignedIn, user: User) -> tuple[Institution, list[Institution]]:
    """The school that is looked at, and all of the user's; 404 for one of others and for who has none."""
    schools = list(
        Institution.objects.filter(pk__in=user.institutions(*SCHOOL_STAFF)).order_by("sort_name", "pk")
    )
    asked = request.GET.get("school", "")
    if not asked and schools:
        return schools[0], schools
    for school in schools:
        if str(school.public_id) == asked:
            return school, schools
    raise Http404


def _month_before(month: date) -> date:
    return clock.month_of(month - timedelta(days=1))


def month_url(school: Institution, month: date, several: bool) -> str:
    """The address of a school's month; names the school where the user has several."""
    of_school = f"&school={school.public_id}" if several else ""
    return f"{reverse('hours:close')}?month={month:%Y-%m}{of_school}"
