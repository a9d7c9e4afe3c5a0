"""Words for the state that stood in the way, for the page of a 409."""

from celabiedrs.rules.breach import N_

WORDS = {
    "draft": N_("It is still a draft."),
    "submitted": N_("It is submitted and waits for a decision."),
    "returned": N_("It was returned to be put right."),
    "active": N_("It is approved and in force."),
    "suspended": N_("It is suspended."),
    "ended": N_("It has ended."),
    "withdrawn": N_("It was withdrawn."),
    "open": N_("The month is not submitted yet."),
    "verified": N_("The month is verified."),
    "month": N_(
        "The month is submitted or verified; its meetings can be changed only when the school returns it."
    ),
    "settled": N_("The month is in an approved pay run; a mistake in it is put right by a correction."),
    "supplement": N_("The month is not in an approved pay run yet; the school can still return it."),
    "no_meetings": N_("Meetings are written down in this month."),
    "voided": N_("The meeting was annulled."),
    "prepared": N_("The pay run is prepared and waits for approval."),
    "approved": N_("The pay run is approved."),
    "sent": N_("The pay run is handed over to payroll."),
    "answered": N_("The question is answered."),
    "raised": N_("Nobody has read it yet."),
    "acknowledged": N_("It has been read."),
    "referred": N_("It has been passed on to a service."),
    "closed": N_("It is closed."),
    "asked_today": N_("The mentor was asked today already; once a day is enough."),
    "call": N_("The call was noted already, or none is asked for."),
    "evaluate": N_("There is nothing to evaluate, or the plan is closed and its evaluation stays as it is."),
    "talked": N_("The talk of that day is noted already."),
    "planned": N_("The session is planned; its group is not confirmed yet."),
    "confirmed": N_("The group of the session is confirmed."),
    "held": N_("The session was held."),
    "cancelled": N_("The session was cancelled."),
    "session_over": N_("The session has begun or is over."),
    "session_cancelled": N_("The session was cancelled."),
}
