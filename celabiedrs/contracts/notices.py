"""One function for each message that the acts around a contract post."""

from celabiedrs.contracts.models import Contract
from celabiedrs.lib.outbox.posting import post, post_to_all
from celabiedrs.people.models import Role
from celabiedrs.people.reading.audience import holders
from celabiedrs.registry.models import SuitabilityCheck


def obstacle_found(check: SuitabilityCheck) -> None:
    """Who answers for the mentor's running plans learns at once that they stand still: the learner's school and the
    region's expert (MEN-4, MEN-5). Not which employer, not what was found."""
    plans = check.mentor.plans.filter(first_submitted_at__isnull=False, ended_at=None, withdrawn_at=None)
    for plan in plans.select_related("institution__municipality").order_by("pk"):
        context = {"plan": str(plan.public_id), "number": plan.number, "day": check.checked_on.isoformat()}
        school = holders(Role.PREPARER, Role.RESPONSIBLE_PERSON, Role.HEAD, institution=plan.institution_id)
        post_to_all(school, kind="obstacle_found", context=context)
        experts = holders(Role.PROJECT_EXPERT, region=plan.institution.municipality.region_id)
        post_to_all(experts, kind="obstacle_found", context=context)


def contract_prolonged(contract: Contract) -> None:
    post(
        to=contract.mentor.user,
        kind="contract_prolonged",
        context={"contract": str(contract.public_id), "day": str(contract.prolonged_until)},
    )
