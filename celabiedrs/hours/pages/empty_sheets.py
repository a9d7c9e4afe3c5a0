"""The office prints the empty sheets of a month for mentors who have them signed in ink (LOG-2)."""

import io
from datetime import time

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from pypdf import PdfWriter

from celabiedrs.hours.access import sheets_visible_to
from celabiedrs.hours.documents import empty_sheet, timesheet_pdf
from celabiedrs.hours.models import Timesheet
from celabiedrs.hours.pages.sheet import USUAL_EMPTY_ROWS, pdf_answer
from celabiedrs.lib import clock
from celabiedrs.lib.acts import expect, require
from celabiedrs.lib.audit.record import looked
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import SCHOOL_STAFF
from celabiedrs.plans.access import story_visible_to
from celabiedrs.plans.models import SupportPlan
from celabiedrs.plans.words import PlanState
from celabiedrs.rules.reading import read_month


@require_safe
def empty_pdfs(request: SignedIn, month: str) -> HttpResponse:
    """One file for their own school: a sheet for each pair that can meet in the month, by the mentors' names."""
    user, first = request.user, read_month(month)
    schools = user.institutions(*SCHOOL_STAFF)
    require(bool(schools))
    if first is None:
        raise Http404
    plans = (
        SupportPlan.objects.filter(story_visible_to(user))
        .annotate(over=Coalesce("extended_until", "ends_on"))
        .filter(
            institution__in=schools,
            state__in=(PlanState.ACTIVE, PlanState.SUSPENDED),
            mentor__isnull=False,
            starts_on__lt=clock.next_month(first),
            over__gte=first,
        )
        .select_related("learner", "institution", "contract__employer", "mentor__user", "mentor__certificate")
        .order_by("mentor__user__sort_name", "learner__sort_name", "pk")
    )
    found = list(plans)
    if not found:
        messages.info(request, _("Nobody can meet in that month."))
        return redirect("hours:close")
    begun = Timesheet.objects.filter(
        sheets_visible_to(user), plan__in=found, month=first, supplement=0
    ).order_by("pk")
    codes = {(sheet.plan_id, sheet.mentor_id): sheet.code for sheet in begun}
    writer, out = PdfWriter(), io.BytesIO()
    posts = {post.institution_id: post.role for post in user.posts_on() if post.role in SCHOOL_STAFF}
    for plan in found:
        mentor = expect(plan.mentor)
        code = codes.get((plan.pk, mentor.pk), "")
        sheet = empty_sheet(plan, mentor, first, code=code, empty_rows=USUAL_EMPTY_ROWS)
        writer.append(io.BytesIO(timesheet_pdf(sheet, timestamp=clock.moment_of(first, time.min))))
        looked(user, role=posts[plan.institution_id], what="empty_sheet", thread=plan.public_id)
    writer.write(out)
    return pdf_answer(out.getvalue(), f"grafiki-{first:%Y-%m}.pdf")
