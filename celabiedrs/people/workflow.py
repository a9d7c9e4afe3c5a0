"""What stands in the way of a sign-in by a link, and the states of a post that is proposed."""

from django.utils.translation import gettext_lazy as _

from celabiedrs.lib.steps import Obstacle, Step, Workflow
from celabiedrs.people.access import may_agree_to, may_agree_to_reset, may_decline, may_decline_reset
from celabiedrs.people.models import PostProposalState as S
from celabiedrs.people.models import Role


class LinkObstacle(Obstacle):
    USED = "used", _("This link was used already, or is too old.")


class AccountObstacle(Obstacle):
    IN_USE = "in_use", _("The account is in use: its owner asks for a new password on the sign-in page.")
    HOLDS_POST = "holds_post", _("The person holds a post: the first link goes by letter to them alone.")
    NO_CHANGE = "no_change", _("No other address is asked for any more: somebody has answered.")
    RESET_WAITS = "reset_waits", _("A reset of this account waits for agreement already.")


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
RESET = Workflow(
    {
        S.PROPOSED: _("The reset waits for agreement."),
        S.AGREED: _("The account was reset."),
        S.DECLINED: _("The reset was declined."),
    },
    page="people:reset",
)
_ADMINISTRATOR = (Role.PROGRAMME_ADMINISTRATOR.label,)
AGREE_RESET = Step(
    "agree_reset", (S.PROPOSED,), S.AGREED, may_agree_to_reset, _ADMINISTRATOR, _("Agree to the reset"), RESET
)
DECLINE_RESET = Step(
    "decline_reset",
    (S.PROPOSED,),
    S.DECLINED,
    may_decline_reset,
    _ADMINISTRATOR,
    _("Decline the reset"),
    RESET,
)
