"""Messages about a report: that there is one, by its random id. Never a word of it, no plan and no person."""

from collections.abc import Iterable

from django.db.models import QuerySet

from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import Role, User
from celabiedrs.people.reading.audience import holders
from celabiedrs.safeguarding.models import SafeguardingReport


def _context(report: SafeguardingReport) -> dict[str, str | int | bool | None]:
    return {"report": str(report.public_id)}


def officers_but(institution: int, left_out: set[int]) -> QuerySet[User]:
    """The named officers of a school, save these people."""
    return holders(Role.SAFEGUARDING_OFFICER, institution=institution).exclude(pk__in=left_out)


def officers(report: SafeguardingReport) -> QuerySet[User]:
    """To whom the report goes: the school's officers, save anyone who was left out and the author."""
    return officers_but(report.institution_id, _left_out(report))


def _left_out(report: SafeguardingReport) -> set[int]:
    return {report.author_id, *report.left_out.order_by().values_list("pk", flat=True)}


def programme_people(report: SafeguardingReport) -> QuerySet[User]:
    """Who sees to it that somebody acts: the region's experts and the administrators. They learn the fact only."""
    region = report.institution.municipality.region_id
    experts = holders(Role.PROJECT_EXPERT, region=region).values("pk")
    administrators = holders(Role.PROGRAMME_ADMINISTRATOR).values("pk")
    people = User.objects.filter(pk__in=experts) | User.objects.filter(pk__in=administrators)
    return people.exclude(pk__in=_left_out(report)).order_by("pk")


def report_raised(report: SafeguardingReport, told: Iterable[User]) -> None:
    post_to_all(told, kind="report_raised", context=_context(report))


def report_escalated(report: SafeguardingReport) -> None:
    """The officers once more, and those who can reach or name another officer."""
    post_to_all(officers(report), kind="report_unacknowledged", context=_context(report))
    post_to_all(programme_people(report), kind="report_escalated", context=_context(report))


def report_acknowledged(report: SafeguardingReport) -> None:
    """The receipt: the author learns that it was read."""
    post(to=report.author, kind="report_acknowledged", context=_context(report))
