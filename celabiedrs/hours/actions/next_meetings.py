from django.db import transaction

from celabiedrs.hours.models import NextMeeting
from celabiedrs.hours.workflow import PLAN_NEXT
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.workflow import check_state
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme
from celabiedrs.plans.facts import stage_of
from celabiedrs.plans.models import SupportPlan
from celabiedrs.rules import hours as hour_rules
from celabiedrs.rules import reminding as rules
from celabiedrs.rules.reading import read_clock, read_day


@transaction.atomic
def plan_next_meeting(*, by: User, plan: SupportPlan, day: object, start: object = "") -> Done[NextMeeting]:
    """[LOG-1] The mentor says when they meet next; one a plan, a later word replaces it. Nothing is counted by it."""
    mentor = plan.mentor
    require(mentor is not None and mentor.user_id == by.pk)
    mentor = expect(mentor)
    check_state(PLAN_NEXT, plan)
    cautions = refuse(rules.next_meeting(day=day, start=start, today=clock.today(), last_day=plan.last_day))
    on = expect(read_day(day))
    refuse(
        hour_rules.open_time(
            day=on,
            stage=stage_of(plan),
            institution=plan.institution_id,
            calendar=programme().calendar,
            plan_ends_on=plan.ends_on,
            order_until=plan.extended_until,
            extended_on=clock.riga_day(plan.extended_at) if plan.extended_at else None,
        )
    )
    said, _ = NextMeeting.objects.update_or_create(
        plan=plan,
        defaults={
            "mentor": mentor,
            "planned_on": on,
            "starts_at": read_clock(start),
            "said_at": clock.now(),
        },
    )
    record(said, "next_meeting_planned", by=by, thread=plan.public_id, day=str(on))
    return Done(said, cautions)
