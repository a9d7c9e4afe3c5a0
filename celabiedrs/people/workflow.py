"""What stands in the way of a sign-in by a link, and the states of a post that is proposed."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.people.access import may_agree_to, may_decline
from celabiedrs.people.models import PostProposalState as S
from celabiedrs.people.models import Role


class LinkObstacle(Obstacle):
    USED = "used", _("This link was used already, or is too old.")


PROPOSED_POST = Workflow(
    {
        S.PROPOSED: _("The post waits for agreement."),
        S.AGREED: _("The post is agreed to and given."),
        S.DECLINED: _("The post was declined."),
    },
    page="people:proposal",
)
_ROLES = (Role.PROGRAMME_ADMINISTRATOR.label, Role.HEAD.label)
AGREE = Step(
    "agree_post", (S.PROPOSED,), S.AGREED, may_agree_to, _ROLES, _("Agree to the post"), PROPOSED_POST
)
DECLINE = Step(
    "decline_post", (S.PROPOSED,), S.DECLINED, may_decline, _ROLES, _("Decline the post"), PROPOSED_POST
)
