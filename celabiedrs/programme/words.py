"""The programme's pages in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TABLES = {
    "plans.SupportPlan": gettext_lazy("plans"),
    "plans.MentorAssignment": gettext_lazy("times as a plan's mentor"),
    "plans.Agreement": gettext_lazy("agreements"),
    "plans.Learner": gettext_lazy("learners"),
    "hours.Timesheet": gettext_lazy("timesheets"),
    "hours.Meeting": gettext_lazy("meetings"),
    "contracts.Contract": gettext_lazy("contracts"),
    "registry.SuitabilityCheck": gettext_lazy("suitability checks"),
    "registry.TrainingCertificate": gettext_lazy("certificate"),
    "registry.EducationGround": gettext_lazy("grounds of education"),
    "registry.FirstTalk": gettext_lazy("talks"),
    "pay.PayLine": gettext_lazy("pay lines"),
    "pay.PayRun": gettext_lazy("pay runs"),
    "people.Post": gettext_lazy("posts"),
}


def table_words(label: str) -> str:
    """A table as people call what is in it; what has no word of its own is one of the other records."""
    return str(TABLES.get(label, _("other records")))


def counted(moves: Mapping[str, int]) -> list[tuple[str, int]]:
    """How many of what, those of one word together."""
    sums: dict[str, int] = {}
    for label, count in moves.items():
        words = table_words(label)
        sums[words] = sums.get(words, 0) + count
    return list(sums.items())
