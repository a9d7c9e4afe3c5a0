"""What the preparer's pages load, through the scopes: a stranger gets 404, a reader who does not prepare 403."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from celabiedrs.lib.acts import Refused, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.uploads import store_uploads
from celabiedrs.lib.web import ActForm
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import Role, User
from celabiedrs.places.models import Institution
from celabiedrs.plans.access import learners_visible_to, may_prepare, may_prepare_for, story_visible_to
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.access import mentors_known_to
from celabiedrs.registry.models import Mentor
from celabiedrs.rules.breach import Finding, refuse

ASKED_BY = {"request": "AGR-2", "agreement": "AGR-9", "order": "CAL-5", "semester_order": "CAL-2"}
"""The clause that asks for each kind of paper."""


def posted_data(request: SignedIn) -> Any:
    """What was posted, also where it is empty; None on a page that is only opened."""
    return request.POST if request.method == "POST" else None


def own_schools(user: User) -> list[Institution]:
    """The schools at which a person prepares plans today; 403 where there is none."""
    places = Institution.objects.filter(pk__in=user.institutions(Role.PREPARER)).select_related(
        "municipality"
    )
    schools = [place for place in places.order_by("sort_name") if place.is_school]
    require(bool(schools))
    return schools


def own_learner(request: SignedIn, public_id: uuid.UUID) -> Learner:
    user = request.user
    learners = Learner.objects.filter(learners_visible_to(user)).distinct()
    learner = get_object_or_404(learners.select_related("institution__municipality"), public_id=public_id)
    require(may_prepare_for(user, learner))
    if request.method == "GET":
        looked(user, role=Role.PREPARER, what="learner", thread=learner.public_id)
    return learner


def eligible_mentor(user: User, public_id: uuid.UUID) -> Mentor:
    """A mentor whom the school may know and who can be put on a plan (REG-1, MEN-6)."""
    known = Mentor.objects.filter(mentors_known_to(user), certificate__isnull=False).distinct()
    return get_object_or_404(known.select_related("user", "certificate"), public_id=public_id)


def own_plan(request: SignedIn, public_id: uuid.UUID) -> SupportPlan:
    """A plan of their own school, with what its pages show; each look is written down."""
    user = request.user
    plans = SupportPlan.objects.filter(story_visible_to(user)).select_related(
        "learner__institution",
        "institution__municipality",
        "mentor__user",
        "previous",
        "contract__employer",
        "request__scan",
    )
    plan = get_object_or_404(plans, public_id=public_id)
    require(may_prepare(user, plan))
    if request.method == "GET" and not getattr(request, "htmx", False):
        looked(user, role=Role.PREPARER, what="plan_preparing", thread=plan.public_id)
    return plan


def passes(form: ActForm, *findings: Finding | Iterable[Finding]) -> bool:
    """Put on the form what the rules refuse, where no act is asked yet; True when nothing is."""
    try:
        refuse(*findings)
    except Refused as refusal:
        form.refuse(refusal.findings)
        return False
    return True


def uploaded(
    form: ActForm, name: str, *, by: User, kind: str, standing: StoredFile | None = None
) -> StoredFile | None:
    """The scan that came in with the form, else the one that stands; a refused one is said at its field."""
    uploads = form.files.getlist(name)
    if not uploads:
        return standing
    try:
        return store_uploads(uploads, by=by, kind=kind)
    except UploadRefused as refusal:
        form.add_error(name, f"{refusal} ({ASKED_BY[kind]})")
        return standing


def conflict(
    request: SignedIn,
    *,
    url: str,
    labels: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    shown: Callable[[Any], str] = str,
) -> HttpResponse:
    """[R4] Somebody was first: both texts beside each other, where they differ."""
    changes: Sequence[dict[str, str]] = [
        {"label": str(label), "theirs": shown(theirs.get(name) or "–"), "mine": shown(mine.get(name) or "–")}
        for name, label in labels.items()
        if str(theirs.get(name) or "") != str(mine.get(name) or "")
    ]
    text = "" if changes else _("Another person saved the same in the meantime; nothing differs.")
    return render(request, "conflict.html", {"text": text, "changes": changes, "url": url}, status=409)
