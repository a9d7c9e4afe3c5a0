"""The school closes the month: everything that is in order together, the rest one by one (LOG-10, DUT-1)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from celabiedrs.hours import actions
from celabiedrs.hours.access import SHOWN_TO_SCHOOL, may_verify, rows_visible_to, sheets_visible_to
from celabiedrs.hours.closing_the_month import (
    AMBER,
    GREEN,
    RED,
    Mark,
    Pair,
    SchoolMonth,
    load_month,
    load_pairs,
    row_marks,
)
from celabiedrs.hours.models import CooperationReview, Meeting, Party, SheetState, Timesheet
from celabiedrs.hours.school_forms import DecisionForm, ReasonForm, ReturnForm, ScanForm, VerifyForm
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, NotAllowed, Refused, Stale, WrongState
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.once.guard import mark_done, once
from celabiedrs.lib.web import attempt, page, warn
from celabiedrs.people.models import SCHOOL_STAFF, Role, User
from celabiedrs.places.models import Institution
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.reading import read_month

DECISIONS = ("verify", "return", "reopen", "supplement")


@dataclass(frozen=True)
class Failed:
    """A month that was ticked and did not go in: whose, and why."""

    pair: Pair
    findings: tuple[Finding, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: str = ""


@require_http_methods(["GET", "POST"])
@once
def close(request: HttpRequest) -> HttpResponseBase:
    """A school's month by exception; POST verifies the ticked ones, each by itself."""
    user = request.user
    assert isinstance(user, User)
    school, schools = _school(request, user)
    month = read_month(request.GET.get("month", "")) or _month_before(clock.month_of(clock.today()))
    url = _url(school, month, len(schools) > 1)
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
        return Failed(pair, words=_("It was submitted anew since this page was opened. Look at it once more."))
    except WrongState:
        return Failed(pair, words=_("It has moved on since this page was opened: somebody decided on it."))
    return None


def _close_page(
    request: HttpRequest,
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
    typed = {pair.sheet.public_id: request.POST.get(f"paper-{pair.sheet.public_id}", "") for pair in found.pairs}
    return page(
        request,
        "hours/close.html",
        status=422 if failed and not done else 200,
        school=school,
        schools=[
            {"label": one.name, "url": _url(one, month, True), "current": one.pk == school.pk} for one in schools
        ]
        if several
        else (),
        month=month,
        before=_url(school, _month_before(month), several),
        before_month=_month_before(month),
        after=_url(school, after, several) if after <= clock.month_of(clock.today()) else "",
        after_month=after,
        action=_url(school, month, several),
        found=found,
        groups=_groups(found),
        counts=_counts(found),
        waiting=[pair for pair in found.pairs if pair.waits],
        green=len([pair for pair in found.waiting(GREEN) if pair.tickable]),
        failed=failed or (),
        done=done,
        typed=typed,
        may=may,
    )


def _groups(found: SchoolMonth) -> list[dict[str, Any]]:
    """What waits, the loudest first; those that lack only the sum of the signed sheet stand by themselves."""
    red = found.waiting(RED)
    groups = (
        ("red", _("To look at one by one"), _("Something stands in the way of verifying these together."),
         [pair for pair in red if not pair.asks_sum_only]),
        ("paper", _("Signed in ink"), _("Add up the signed sheet and type the sum in; then the month goes along."),
         [pair for pair in red if pair.asks_sum_only]),
        ("amber", _("Worth a look"), _("Can be verified; tick them when there is nothing to ask."), found.waiting(AMBER)),
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


def _school(request: HttpRequest, user: User) -> tuple[Institution, list[Institution]]:
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


def _url(school: Institution, month: date, several: bool) -> str:
    of_school = f"&school={school.public_id}" if several else ""
    return f"{reverse('hours:close')}?month={month:%Y-%m}{of_school}"


# ---------------------------------------------------------------------- one pair


@require_http_methods(["GET", "POST"])
@once
def pair(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """One mentor's month with one learner before the school: look, verify, return, reopen, supplement."""
    user = request.user
    assert isinstance(user, User)
    sheet = get_object_or_404(
        Timesheet.objects.filter(
            sheets_visible_to(user), plan__institution__in=user.institutions(*SCHOOL_STAFF)
        ).select_related("plan__learner", "plan__institution", "mentor__user", "verified_by", "paper_scan", "employer"),
        public_id=public_id,
    )
    if sheet.state not in SHOWN_TO_SCHOOL:
        if request.method == "POST":
            raise WrongState(sheet.state)
        return redirect("hours:sheet", sheet.public_id)
    forms = _forms(sheet, load_pairs([sheet], user)[0])
    act = request.POST.get("act", "")
    if request.method == "GET":
        looked(user, role=_role(user, sheet), what="timesheet", thread=sheet.plan.public_id)
    elif act not in DECISIONS:
        raise Http404
    elif act not in forms:
        raise WrongState(act)
    else:
        kind, prefix, more = forms[act]
        form = kind(request.POST, prefix=prefix, **more)
        try:
            if form.is_valid() and _decide(request, user, sheet, act, form):
                return redirect(_after(sheet, act, user))
        except Stale:
            return _conflict(request, sheet)
        forms[act] = form
    return _pair_page(request, user, sheet, forms)


def _forms(sheet: Timesheet, line: Pair) -> dict[str, Any]:
    """The kind of form of each decision that the month's state leaves open."""
    if sheet.state == SheetState.SUBMITTED:
        return {
            "verify": (VerifyForm, "verify", {"any_paper": line.any_paper}),
            "return": (ReturnForm, "return", {}),
        }
    if sheet.settled_at is None:
        return {"reopen": (ReasonForm, "reopen", {})}
    return {"supplement": (ReasonForm, "supplement", {})}


def _decide(request: HttpRequest, user: User, sheet: Timesheet, act: str, form: DecisionForm) -> bool:
    """Call the act; False where a rule refused, with its words on the form."""
    given = form.cleaned_data
    about: dict[str, Any] = {"by": user, "plan": sheet.plan, "month": sheet.month, "mentor": sheet.mentor}
    done: Done[Timesheet] | None
    match act:
        case "verify":
            done = attempt(
                form,
                actions.verify_month,
                paper_hours=given.get("paper_hours", ""),
                version=given["version"],
                **about,
            )
            text = _("The month is verified.")
        case "return":
            assert isinstance(form, ReturnForm)
            done = attempt(
                form, actions.return_month, reason=form.reason, version=given["version"], **about
            )
            text = _("The month went back to the mentor.")
        case "reopen":
            done = attempt(
                form, actions.reopen_month, reason=given["reason"], version=given["version"], **about
            )
            text = _("The month is open again and is with the mentor.")
        case _:
            done = attempt(form, actions.open_supplement, reason=given["reason"], **about)
            text = _("A supplement is open for the mentor; the paid sheet stays as it is.")
    if done is None:
        return False
    messages.success(request, text)
    warn(request, done.cautions)
    return True


def _after(sheet: Timesheet, act: str, user: User) -> str:
    """After verifying the page itself, with its receipt; what went back is not the school's to read any more."""
    if act in ("verify", "supplement"):
        return reverse("hours:pair", args=[sheet.public_id])
    return _url(sheet.plan.institution, sheet.month, len(set(user.institutions(*SCHOOL_STAFF))) > 1)


def _conflict(request: HttpRequest, sheet: Timesheet) -> HttpResponse:
    text = _("The mentor submitted this month anew, or somebody decided on it, since the page was opened.")
    return render(
        request,
        "conflict.html",
        {"text": text, "changes": (), "url": reverse("hours:pair", args=[sheet.public_id])},
        status=409,
    )


def _pair_page(request: HttpRequest, user: User, sheet: Timesheet, forms: dict[str, Any]) -> HttpResponse:
    line = load_pairs([sheet], user)[0]
    initial = {"version": sheet.version}
    drawn = {
        act: form if isinstance(form, DecisionForm) else form[0](prefix=form[1], initial=initial, **form[2])
        for act, form in forms.items()
    }
    open_return = isinstance(forms.get("return"), DecisionForm)
    return page(
        request,
        "hours/pair.html",
        sheet=sheet,
        pair=line,
        rows=[_row(row) for row in sheet.meetings.all()],
        forms=drawn,
        form=next((form for form in forms.values() if isinstance(form, DecisionForm)), None),
        open_return=open_return,
        scan_form=ScanForm(),
        may=may_verify(user, sheet),
        review=CooperationReview.objects.filter(plan=sheet.plan, mentor=sheet.mentor).first(),
        back=_url(sheet.plan.institution, sheet.month, len(set(user.institutions(*SCHOOL_STAFF))) > 1),
        correct_url=_correct_url(sheet),
        supplements=_beside(sheet, user),
        crumbs=[
            (_("Closing the month"), _url(sheet.plan.institution, sheet.month, False)),
            (sheet.plan.learner.name, ""),
        ],
    )


def _row(row: Meeting) -> dict[str, Any]:
    """A row with both signatures in words and with what asks for a look."""
    signed = {signature.party: signature for signature in row.signatures.all() if signature.voided_at is None}
    return {
        "row": row,
        "marks": list(row_marks(row)),
        "learner": signed.get(Party.LEARNER),
        "mentor": signed.get(Party.MENTOR),
    }


def _beside(sheet: Timesheet, user: User) -> list[Timesheet]:
    """The month's other sheets of the same mentor and plan: the paid one and its supplements."""
    others = Timesheet.objects.filter(
        rows_visible_to(user), plan=sheet.plan_id, mentor=sheet.mentor_id, month=sheet.month
    ).exclude(pk=sheet.pk)
    return list(others.order_by("supplement"))


def _correct_url(sheet: Timesheet) -> str:
    """Where a paid month is corrected: a page of the pay stage, where this installation has it."""
    if sheet.settled_at is None:
        return ""
    try:
        return reverse("pay:correct", args=[sheet.public_id])
    except NoReverseMatch:
        return ""


def _role(user: User, sheet: Timesheet) -> str:
    at = sheet.plan.institution_id
    return next((post.role for post in user.posts_on() if post.institution_id == at), "")


