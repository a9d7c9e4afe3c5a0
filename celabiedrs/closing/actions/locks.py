from celabiedrs.plans.models import SupportPlan


def locked(plan: SupportPlan) -> SupportPlan:
    """The plan as it stands now, held while an act decides."""
    return SupportPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
