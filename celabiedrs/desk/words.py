"""Every message that any stage posts: its words, where it leads, and whether it may wait for the week's letter.

The key is the message's `template`. In the words stand a plan as its readers know it (learner and number, or the number
alone), months, days and counts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from celabiedrs.lib.look.waits import address

Context = Mapping[str, Any]
Page = Callable[[Context], str]


@dataclass(frozen=True)
class Kind:
    """`urgent`: goes out at once, because a day later may be too late for whom it is for."""

    text: str | Promise
    page: Page
    advice: str | Promise = ""
    urgent: bool = False


def _of(name: str, *keys: str) -> Page:
    """The page of that name; its address takes these values of the context."""

    def page(context: Context) -> str:
        values = [context.get(key) for key in keys]
        return address(name, *values) if all(values) else ""

    return page


def _month(context: Context) -> str:
    """The mentor's month; of messages of before, which do not name the plan, the timesheet."""
    plan, month = context.get("plan"), str(context.get("month", ""))[:7]
    return address("hours:month", plan, month) if plan and month else _SHEET(context)


def _evaluation(context: Context) -> str:
    return _of("closing:evaluation", "plan")(context) or _PLAN(context)


_PLAN, _DIARY = _of("desk:plan", "plan"), _of("hours:plan", "plan")
_SHEET, _PAIR = _of("hours:sheet", "sheet"), _of("hours:pair", "sheet")
_RUN, _REPORT, _SESSION = (
    _of("pay:run", "run"),
    _of("safeguarding:report", "report"),
    _of("supervision:session", "session"),
)
_QUESTIONS, _DECIDE = _of("plans:questions", "plan"), _of("plans:decide", "plan")

OF_PLANS = {
    "plan_submitted": Kind(_("Plan %(plan)s waits for your decision."), _DECIDE),
    "amendment_waits": Kind(_("A change of plan %(plan)s waits for your decision."), _DECIDE),
    "plan_approved": Kind(
        _("The expert approved plan %(plan)s."), _PLAN, _("The mentor knows, too, and may start.")
    ),
    "mentor_plan_approved": Kind(
        _("Plan %(plan)s is approved: you may start."),
        _DIARY,
        _("Meetings that begin after the approval count."),
        urgent=True,
    ),
    "change_approved": Kind(_("The expert approved the change of plan %(plan)s."), _PLAN),
    "mentor_change_approved": Kind(
        _("The change of plan %(plan)s is approved."), _PLAN, _("From now on the plan holds as it reads now.")
    ),
    "plan_returned": Kind(
        _("The expert returned plan %(plan)s."),
        _of("plans:prepare", "plan"),
        _("What is to be put right stands on its page."),
        urgent=True,
    ),
    "change_returned": Kind(
        _("The expert returned the change of plan %(plan)s."),
        _PLAN,
        _("The plan stays in force as it was."),
        urgent=True,
    ),
    "mentor_attached": Kind(
        _("You are the mentor of plan %(plan)s."), _DIARY, _("Meetings begin after the expert's approval.")
    ),
    "plan_suspended": Kind(
        _("Plan %(plan)s is suspended."),
        _DIARY,
        _("Meetings from now on cannot be counted until it is resumed."),
        urgent=True,
    ),
    "plan_resumed": Kind(
        _("Plan %(plan)s is resumed."), _DIARY, _("Meetings can be held again."), urgent=True
    ),
    "plan_extended": Kind(_("Plan %(plan)s is extended into the summer."), _PLAN),
    "obstacle_found": Kind(
        _("Plan %(plan)s: a check of %(day)s found an obstacle to its mentor's work."),
        _PLAN,
        _(
            "No meeting may be held from that day on. Another mentor is needed, or the employer enters a later check."
        ),
        urgent=True,
    ),
    "contract_prolonged": Kind(
        _("Your work contract is prolonged to %(day)s."), _of("contracts:contract", "contract")
    ),
    "preparing_handed_over": Kind(
        _("The preparing of plan %(plan)s was handed over to you."), _of("plans:prepare", "plan")
    ),
    "transfer_asked": Kind(
        _("Another school asks for one of your learners."),
        _of("plans:learners"),
        _("The answer is given in the list of learners."),
    ),
    "learner_came": Kind(_("A learner came to your school."), _of("plans:learner", "learner")),
    "question_asked": Kind(_("A question about plan %(plan)s waits for you."), _QUESTIONS, urgent=True),
    "question_answered": Kind(_("Your question about plan %(plan)s is answered."), _QUESTIONS, urgent=True),
    "plan_evaluated": Kind(_("The mentor's evaluation of plan %(plan)s is in."), _PLAN),
    "evaluation_asked": Kind(_("The school asks for your evaluation of plan %(plan)s."), _evaluation),
    "way_chosen": Kind(_("The school chose how it goes on after plan %(plan)s."), _PLAN),
    "plan_ended": Kind(
        _("Plan %(plan)s has ended."),
        _DIARY,
        _("Meetings from that moment on cannot be counted."),
        urgent=True,
    ),
    "sheets_handed_over": Kind(
        _("The mentor handed over the timesheets of plan %(plan)s."),
        _of("closing:receiving"),
        _("Say that you received them."),
    ),
    "keeper_named": Kind(
        _("From %(since)s on your institution keeps the papers of another one."),
        _of("closing:register"),
        _("Take them over and check that they are all there."),
    ),
    "sheets_received": Kind(_("The school received your timesheets of plan %(plan)s."), _PLAN),
}
OF_ACCOUNTS = {
    "address_change_asked": Kind(
        _("Another e-mail address was asked for your account."),
        _of("mfa_index"),
        _("If you did not wish it, tell the programme today."),
        urgent=True,
    ),
    "address_changed": Kind(
        _("You sign in with another e-mail address from now on."), _of("mfa_index"), urgent=True
    ),
}
OF_MONTHS = {
    "month_submitted": Kind(_("%(month)s of plan %(plan)s is submitted and waits to be verified."), _PAIR),
    "month_verified": Kind(_("The school verified your month: %(month)s, plan %(plan)s."), _month),
    "month_returned": Kind(
        _("The school returned your month: %(month)s, plan %(plan)s."),
        _month,
        _("Why stands on the month's page. Correct it and submit it again: the pay waits for it."),
        urgent=True,
    ),
    "run_prepared": Kind(_("%(month)s: a pay run waits for your approval."), _RUN),
    "run_approved": Kind(_("%(month)s: the pay run is approved and can be handed over to payroll."), _RUN),
    "run_sent": Kind(_("%(month)s: your hours went to payroll."), _of("pay:mine")),
}
OF_SUPERVISION = {
    "mentor_nominated": Kind(_("Schools nominated mentors for the supervision of %(day)s."), _SESSION),
    "group_confirmed": Kind(
        _("The group of the supervision of %(day)s is confirmed."), _SESSION, _("Tell your own people.")
    ),
    "supervision_confirmed": Kind(
        _("You are in the group of the supervision of %(day)s."), _SESSION, urgent=True
    ),
    "attendance_corrected": Kind(
        _("Your attendance at the supervision of %(day)s was corrected."),
        _SESSION,
        _("Its page shows how it stands now."),
    ),
    "session_cancelled": Kind(_("The supervision of %(day)s is cancelled."), _SESSION, urgent=True),
}
OF_DANGER = {
    "report_raised": Kind(
        _("A report of danger waits for you."),
        _REPORT,
        _("Open it now and say that you have it."),
        urgent=True,
    ),
    "report_unacknowledged": Kind(
        _("A report of danger is still not received by anybody."), _REPORT, _("Open it now."), urgent=True
    ),
    "report_escalated": Kind(
        _("A report of danger was not received in time at the school."),
        _REPORT,
        _("Reach the officer, or see that another one is named."),
        urgent=True,
    ),
    "report_acknowledged": Kind(_("Your report of danger was received."), _REPORT, urgent=True),
}
_POSTS, _PROPOSED, _RESET = _of("people:posts"), _of("people:proposal", "post"), _of("people:reset", "reset")
OF_POSTS = {
    "post_given": Kind(_("You were given a post: %(role)s."), _POSTS, urgent=True),
    "post_given_around": Kind(
        _("A post was given beside yours: %(role)s, from %(since)s on."),
        _POSTS,
        _("If you did not expect it, tell the programme."),
    ),
    "post_ended": Kind(_("Your post has been ended: %(role)s."), _POSTS, urgent=True),
    "post_ended_around": Kind(_("A post beside yours has been ended: %(role)s."), _POSTS),
    "post_proposed": Kind(_("A post waits for your agreement: %(role)s."), _PROPOSED),
    "post_declined": Kind(_("A post that you proposed was declined: %(role)s."), _PROPOSED),
    "reset_proposed": Kind(_("The reset of an account waits for your agreement."), _RESET),
    "own_reset_proposed": Kind(
        _("An administrator proposes to reset your account."),
        _RESET,
        _("If you did not ask for it, say no on its page."),
        urgent=True,
    ),
    "factor_changed": Kind(
        _("The password or a second factor of your account was changed."),
        _of("mfa_index"),
        _("If it was not you, tell the programme at once."),
        urgent=True,
    ),
    "account_reset": Kind(
        _("Two administrators have reset your account."),
        _POSTS,
        _("If you did not ask for it, tell your institution and the programme at once."),
        urgent=True,
    ),
    "post_attempted": Kind(
        _("An administrator tried to give a post to themselves or to agree to it alone."),
        _of("desk:events"),
        urgent=True,
    ),
}
OF_KEEPING = {
    "disposal_proposed": Kind(
        _("A disposal of what was kept until a day before %(before)s waits for a second person's agreement."),
        _of("retention:proposal", "proposal"),
    ),
    "disposal_declined": Kind(
        _("The disposal of what was kept until a day before %(before)s was declined."),
        _of("retention:proposal", "proposal"),
    ),
    "disposal_done": Kind(
        _("The disposal of what was kept until a day before %(before)s is done."),
        _of("retention:proposal", "proposal"),
        _("Its certificate holds numbers and no names."),
    ),
    "disposal_fell": Kind(
        _("The disposal of what was kept until a day before %(before)s was not carried out."),
        _of("retention:proposal", "proposal"),
        _("Nothing was disposed of. Why stands on its page."),
    ),
}
REMINDERS = {
    "remind_meeting": Kind(
        _("Plan %(plan)s: did the meeting of %(day)s take place?"),
        _of("hours:record", "plan"),
        _("Write it down, also when it did not take place; then say when you meet next."),
    ),
    "remind_month": Kind(
        _("%(month)s of plan %(plan)s is not submitted yet."), _month, _("The pay waits for it.")
    ),
    "remind_verify": Kind(
        ngettext_lazy(
            "%(count)s submitted month waits to be verified.",
            "%(count)s submitted months wait to be verified.",
            "count",
        ),
        _of("hours:close"),
        _("The mentors' pay waits for it."),
    ),
    "remind_decide": Kind(
        ngettext_lazy(
            "%(count)s plan waits for your decision.", "%(count)s plans wait for your decision.", "count"
        ),
        _of("plans:queue"),
        _("Until then the mentors cannot start."),
    ),
    "remind_papers": Kind(
        ngettext_lazy(
            "%(count)s plan is not sent to the expert, though its semester has begun.",
            "%(count)s plans are not sent to the expert, though their semester has begun.",
            "count",
        ),
        _of("plans:mine"),
        _("What is missing stands on each plan's page."),
    ),
    "remind_evaluation": Kind(
        _("The evaluation of plan %(plan)s is asked for."),
        _evaluation,
        _("Five questions; the plan cannot be closed without."),
    ),
    "remind_checks": Kind(
        ngettext_lazy(
            "The suitability checks of %(count)s mentor run out.",
            "The suitability checks of %(count)s mentors run out.",
            "count",
        ),
        _of("contracts:checks"),
    ),
    "remind_group": Kind(
        _("The group of the supervision of %(day)s is not confirmed yet."),
        _SESSION,
        _("It is confirmed some days before; the page of the session says when."),
        urgent=True,
    ),
}
OF_PROGRAMME = {
    "value_decided": Kind(
        _("From %(since)s on the rules have a new value: %(value)s."), _of("programme:rules")
    ),
    "asked_meeting": Kind(
        ngettext_lazy(
            "The programme asks you to write down what became of %(count)s planned meeting.",
            "The programme asks you to write down what became of %(count)s planned meetings.",
            "count",
        ),
        _of("hours:today"),
    ),
    "asked_month": Kind(
        ngettext_lazy(
            "The programme asks you to submit %(count)s month.",
            "The programme asks you to submit %(count)s months.",
            "count",
        ),
        _of("hours:today"),
        _("The pay waits for it."),
    ),
    "asked_verify": Kind(
        ngettext_lazy(
            "The programme asks you to verify %(count)s month.",
            "The programme asks you to verify %(count)s months.",
            "count",
        ),
        _of("hours:close"),
        _("The mentors' pay waits for it."),
    ),
    "asked_decide": Kind(
        ngettext_lazy(
            "The programme asks you to decide on %(count)s plan.",
            "The programme asks you to decide on %(count)s plans.",
            "count",
        ),
        _of("plans:queue"),
    ),
    "asked_papers": Kind(
        ngettext_lazy(
            "The programme asks you to finish %(count)s plan whose semester has begun.",
            "The programme asks you to finish %(count)s plans whose semester has begun.",
            "count",
        ),
        _of("plans:mine"),
    ),
    "asked_evaluation": Kind(
        ngettext_lazy(
            "The programme asks you to evaluate %(count)s plan.",
            "The programme asks you to evaluate %(count)s plans.",
            "count",
        ),
        _of("hours:today"),
    ),
    "asked_checks": Kind(
        ngettext_lazy(
            "The programme asks you to renew the suitability checks of %(count)s mentor.",
            "The programme asks you to renew the suitability checks of %(count)s mentors.",
            "count",
        ),
        _of("contracts:checks"),
    ),
    "asked_group": Kind(
        ngettext_lazy(
            "The programme asks you to confirm %(count)s supervision group.",
            "The programme asks you to confirm %(count)s supervision groups.",
            "count",
        ),
        _of("supervision:list"),
    ),
}
KINDS: Mapping[str, Kind] = {
    **OF_PLANS, **OF_ACCOUNTS, **OF_MONTHS, **OF_SUPERVISION, **OF_DANGER, **OF_POSTS, **OF_KEEPING, **REMINDERS,
    **OF_PROGRAMME,
}  # fmt: skip
URGENT = tuple(name for name, kind in KINDS.items() if kind.urgent)
