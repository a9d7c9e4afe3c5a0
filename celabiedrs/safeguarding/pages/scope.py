"""What the pages of reports load: through the one scope, so that to anybody else there is no report."""

import uuid

from django.shortcuts import get_object_or_404

from celabiedrs.people.models import User
from celabiedrs.safeguarding.access import report_facts_visible_to, reports_visible_to
from celabiedrs.safeguarding.models import SafeguardingReport


def report_read_by(user: User, public_id: uuid.UUID) -> SafeguardingReport:
    """A report whose text this person may read."""
    reports = SafeguardingReport.objects.filter(reports_visible_to(user)).select_related(
        "plan__learner", "institution", "author__mentor", "acknowledged_by"
    )
    return get_object_or_404(reports, public_id=public_id)


def knows_only_the_fact(user: User, public_id: uuid.UUID) -> bool:
    """Whether this person may know that there is this report, and may not read it."""
    known = SafeguardingReport.objects.filter(report_facts_visible_to(user), public_id=public_id)
    return known.exists() and not known.filter(reports_visible_to(user)).exists()
