"""What stands in the way of a sign-in by a link."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle


class LinkObstacle(Obstacle):
    USED = "used", _("This link was used already, or is too old.")
