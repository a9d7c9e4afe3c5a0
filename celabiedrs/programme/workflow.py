"""What stands in the way of a table that is taken in."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle


class ImportObstacle(Obstacle):
    NOT_READY = "not_ready", _("The table is still being looked at, or no row of it can go in.")
