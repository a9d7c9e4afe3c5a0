"""What stands in the way of a reminder of the programme."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step
from celabiedrs.people.access import may_keep_programme


class ReminderObstacle(Obstacle):
    NOBODY = "nobody", _("There is nobody to remind.")


def _keeps(user: Any, _audience: Any) -> bool:
    return may_keep_programme(user)


REMIND = Step("remind", (), "", _keeps, label=_("Send a reminder"))
