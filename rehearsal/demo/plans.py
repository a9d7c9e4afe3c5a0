"""The plans: from the learner's enrolment to the expert's word, and what becomes of a plan later."""

from datetime import date, datetime, time, timedelta
from typing import Any

from celabiedrs.closing.actions import (
    choose_way,
    close_plan,
    evaluate,
    give_feedback,
    renew_plan,
    review_cooperation,
)
from celabiedrs.closing.facts import evaluation_asked_since, mentors_without_review
from celabiedrs.lib import clock
from celabiedrs.people.models import Role, User
from celabiedrs.plans.actions import (
    amend_plan,
    approve_plan,
    attach_mentor,
    draft_plan,
    enrol_learner,
    file_request,
    return_plan,
    sign_agreement,
    submit_plan,
    suspend_plan,
    withdraw_plan,
)
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.calendar import of_age
from rehearsal.demo import words
from rehearsal.demo.cast import BEFORE_SUPPORT, DRAFTED_AT, FATES, FOLLOWER, MENTORS, Cast, Track
from rehearsal.demo.days import step_in
from rehearsal.demo.names import Names
from rehearsal.demo.scenery import Scenery

HOURS = (8, 10, 8, 12, 16, 8, 10, 12, 8, 20)
PAPERS_TAKE = 9
"""Days from the draft to the first day of the plan."""


def enrol_learners(cast: Cast, scenery: Scenery, names: Names) -> None:
    """Those whom the mentors have, and some for whom no mentor has been found yet."""
    for mentor, (_, schools, _) in MENTORS.items():
        for number, school in enumerate(schools):
            track = _enrol(cast, scenery, names, school, mentor, number)
            track.fate = FATES.get((mentor, number), "active")
            track.hours = 20 if (mentor, number) == (1, 0) else HOURS[(mentor * 3 + number) % len(HOURS)]
    for school in DRAFTED_AT:
        _enrol(cast, scenery, names, school, None, 0).fate = "draft"


def _enrol(cast: Cast, scenery: Scenery, names: Names, school: str, mentor: int | None, number: int) -> Track:
    name = names.next()
    place = cast.places[school]
    random = scenery.random
    vocational = place.kind == "vocational"
    stage = random.choice((1, 1, 2, 2, 3)) if vocational else random.choice((7, 8, 8, 9, 9, 10, 11, 12))
    if "pamatskola" in place.name:
        stage = random.choice((7, 8, 9, 9))
    year = int(scenery.label_now()[:4]) - (stage + 9 if vocational else stage) - 7
    learner = enrol_learner(
        by=scenery.holder(Role.PREPARER, school),
        institution=place,
        name=str(name),
        born=date(year, random.randint(1, 12), random.randint(1, 28)),
        school_class=None if vocational else stage,
        course=stage if vocational else None,
        guardian=names.guardian_of(name),
        results_only=vocational and random.random() < 0.4,
    ).thing
    track = Track(str(name), learner, school, mentor, number)
    cast.tracks.append(track)
    return track


# ---------------------------------------------------------------------- from draft to approval


def put_on_agenda(cast: Cast, scenery: Scenery) -> None:
    """All plans of the story's semesters, the breaks between them, and each plan's fate in the one that runs."""
    for label in scenery.labels():
        first = scenery.first_day_in(label)
        current = label == scenery.label_now()
        for place, track in enumerate(cast.tracks):
            if track.mentor is None and not current:
                continue
            begins = first - timedelta(days=PAPERS_TAKE)
            if current and track.fate in ("draft", "submitted", "returned", "withdrawn"):
                begins = max(begins, scenery.today - timedelta(days=11 - place % 3))
            _papers(scenery, track, label, begins, place % 40)
        if not current:
            _finish(cast, scenery, label)
    for track in cast.tracks:
        _fate(scenery, track)


def _papers(scenery: Scenery, track: Track, label: str, begins: date, minute: int) -> None:
    steps = (_draft, _agree, _submit, _decide)
    for days, step in zip((0, 2, 4, 6), steps, strict=True):
        if step is not _draft and track.mentor is None:
            break
        if label == scenery.label_now() and track.fate == "withdrawn" and step is not _draft:
            step = _withdraw
        scenery.later(
            clock.moment_of(begins + timedelta(days=days), time(9 + days, minute)),
            lambda step=step: step(scenery, track, label),  # type: ignore[misc]
        )
        if step is _withdraw:
            break


def _draft(scenery: Scenery, track: Track, label: str) -> None:
    by = scenery.holder(Role.PREPARER, track.school)
    module, ground, kinds = _module_of(scenery, track)
    risks = [{"kind": kind, "reason": words.RISKS[kind]} for kind in kinds]
    starts_on = scenery.first_day_in(label)
    dates: dict[str, Any] = {"starts_on": starts_on, "ends_on": scenery.plan_ends_on(label)}
    asked: dict[str, Any] = {"module": module, "ground": ground, "risks": risks, **dates}
    earlier = [track.plan(other) for other in track.plans]
    if earlier:
        plan = renew_plan(by=by, plan=earlier[-1], semester=label, **asked).thing
    else:
        plan = draft_plan(
            by=by, learner=track.learner, semester=label, hours_per_month=track.hours, **asked
        ).thing
    track.plans[label] = plan.pk
    if track.mentor is not None:
        adult = of_age(track.learner.born_on, 18, clock.today())
        file_request(
            by=by,
            plan=plan,
            applicant="learner" if adult else "guardian",
            signed_on=clock.today(),
            scan=scenery.paper("request", f"Iesniegums par atbalstu, {plan.number}", by=by),
        )


def _module_of(scenery: Scenery, track: Track) -> tuple[str, str, list[str]]:
    """Module, ground and risks that fit the learner."""
    learner, random = track.learner, scenery.random
    exclusion = random.choice([k for k in words.RISKS if k not in ("failing", "early_leaving")])
    if learner.results_only:
        return "I", "vocational_with_results_only", ["failing"]
    early = (learner.class_year or 0) in (7, 8, 9) or (learner.course_year or 9) <= 2
    if early and random.random() < 0.6:
        return "I", "failing_and_leaving", ["failing", "early_leaving"]
    return "II", "social_exclusion", [exclusion]


def _agree(scenery: Scenery, track: Track, label: str, mentor: int | None = None) -> None:
    """The agreement, and the mentor on the plan."""
    by, plan = scenery.holder(Role.PREPARER, track.school), track.plan(label)
    chosen = scenery.mentor(mentor or track.mentor_at(clock.now()))
    sign_agreement(
        by=by,
        plan=plan,
        mentor=chosen,
        learner_signed_on=clock.today(),
        mentor_signed_on=clock.today(),
        scan=scenery.paper("agreement", f"Vienošanās, {plan.number}", by=by),
        **words.AGREEMENT[plan.pk % len(words.AGREEMENT)],
    )
    attach_mentor(by=by, plan=plan, mentor=chosen)


def _submit(scenery: Scenery, track: Track, label: str) -> None:
    submit_plan(by=scenery.holder(Role.PREPARER, track.school), plan=track.plan(label))


def _withdraw(scenery: Scenery, track: Track, label: str) -> None:
    withdraw_plan(by=scenery.holder(Role.PREPARER, track.school), plan=track.plan(label))


def _decide(scenery: Scenery, track: Track, label: str) -> None:
    expert = scenery.expert_of(track.school)
    fate = track.fate if label == scenery.label_now() else "active"
    if fate == "returned":
        return_plan(by=expert, plan=track.plan(label), reason=words.PLAN_RETURNED)
    elif fate != "submitted":
        approve_plan(by=expert, plan=track.plan(label))


# ---------------------------------------------------------------------- what becomes of it


def _finish(cast: Cast, scenery: Scenery, label: str) -> None:
    """The end of a semester that is over: each mentor evaluates, the preparer closes."""
    after = scenery.plan_ends_on(label) + timedelta(days=1)
    for place, track in enumerate(cast.tracks):
        if track.mentor is None:
            continue
        moment = clock.moment_of(after, time(10, place % 60))
        scenery.later(moment, lambda track=track: evaluate_plan(scenery, track, label))  # type: ignore[misc]
        closes = moment + timedelta(days=1)
        scenery.later(closes, lambda track=track: _close(scenery, track, label, "continued"))  # type: ignore[misc]


def evaluate_plan(scenery: Scenery, track: Track, label: str) -> None:
    """The mentor's five answers."""
    mentor = scenery.mentor(track.mentor_at(clock.now()))
    marks = [scenery.random.choice((3, 4, 4, 5)) for _ in range(3)]
    evaluate(
        by=scenery.person(mentor.user_id),
        plan=track.plan(label),
        closed=marks,
        open_answers=list(words.ANSWERS),
        go_on="yes",
    )


def review_plan(mentor_user: User, plan: SupportPlan) -> None:
    """The review on the last timesheet."""
    review_cooperation(
        by=mentor_user,
        plan=plan,
        text=words.REVIEW,
        conclusions=words.CONCLUSIONS,
        recommendation="continue",
    )


def _close(scenery: Scenery, track: Track, label: str, outcome: str) -> None:
    early = outcome == "ended_early"
    plan = track.plan(label)
    if plan.state not in (PlanState.ACTIVE, PlanState.SUSPENDED):
        return
    by = scenery.holder(Role.PREPARER, track.school)
    if not early:
        choose_way(by=by, plan=plan, way="continue" if outcome == "continued" else "finish_well")
        give_feedback(by=by, plan=plan, text=words.FEEDBACK)
        for mentor in mentors_without_review(plan):
            review_plan(scenery.person(mentor.user_id), plan)
    close_plan(
        by=by,
        plan=plan,
        outcome=outcome,
        reason=words.ENDED_EARLY if early else "",
        wished_by="guardian" if early else "",
        avoidable=False if early else None,
    )


def _fate(scenery: Scenery, track: Track) -> None:
    """What happens to a plan in its last days before now."""
    label, by = scenery.label_now(), lambda: scenery.holder(Role.PREPARER, track.school)
    since = max(scenery.months[-1].since, scenery.today - timedelta(days=12))
    at = lambda step: step_in(since, scenery.now, step)  # noqa: E731
    if track.fate == "suspended":
        scenery.later(at(5), lambda: suspend_plan(by=by(), plan=track.plan(label), reason=words.SUSPENDED))
    elif track.fate == "amended":
        scenery.later(
            at(6),
            lambda: amend_plan(
                by=by(),
                plan=track.plan(label),
                reason=words.AMENDED,
                hours_per_month=min(20, track.hours + 4),
            ),
        )
    elif track.fate == "ended_early":
        scenery.later(at(4), lambda: _close(scenery, track, label, "ended_early"))
    elif track.fate == "finished_well":
        scenery.later(at(4), lambda: evaluate_plan(scenery, track, label))
        scenery.later(at(7), lambda: _close(scenery, track, label, "finished_well"))
    elif track.fate == "handed_over":
        _hand_to_follower(scenery, track)
    elif track.fate == "active" and track.mentor is not None and (track.number + track.mentor) % 2 == 0:
        scenery.later(at(9), lambda: _look_ahead(scenery, track, label))


def _look_ahead(scenery: Scenery, track: Track, label: str) -> None:
    """Near the end of the semester some mentors have evaluated already, and for some pairs the preparer has chosen."""
    plan = track.plan(label)
    if clock.today() < evaluation_asked_since(plan):
        return
    evaluate_plan(scenery, track, label)
    if track.number == 0:
        choose_way(by=scenery.holder(Role.PREPARER, track.school), plan=plan, way="continue")


def _hand_to_follower(scenery: Scenery, track: Track) -> None:
    """In the middle of the month before the last another mentor takes over, with an agreement of their own."""
    month = scenery.months[-2]
    days = list(month.days())
    moment = clock.moment_of(days[len(days) // 2], time(9, 20))
    track.follower_from = moment
    scenery.later(moment, lambda: _agree(scenery, track, month.label, FOLLOWER))


def meets_until(scenery: Scenery, track: Track) -> datetime:
    """No meetings after this moment: the plan is suspended or ended, or has not come to support in this semester."""
    if track.fate in BEFORE_SUPPORT:
        return clock.moment_of(scenery.first_day_in(scenery.label_now()), time(0, 0))
    if track.fate in ("suspended", "ended_early", "finished_well"):
        since = max(scenery.months[-1].since, scenery.today - timedelta(days=12))
        return step_in(since, scenery.now, 4)
    return scenery.now
