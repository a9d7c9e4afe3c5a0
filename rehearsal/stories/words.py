"""The words of the language of stories: acts with their arguments, and what can be looked at."""

from celabiedrs.plans.words.fields import FIELDS, TEXTS

PLAN_FIELDS = ("learner", *(field.name for field in FIELDS))
MEETING_FIELDS = ("day", "start", "end", "hours", "topic", "outcome")

ACTS: dict[str, tuple[str, ...]] = {
    "enrol_mentor": ("name", "born", "education", "coach_c_valid", "municipalities", "works_at"),
    "record_certificate": ("mentor", "number", "issued_on", "hours", "round"),
    "check_suitability": ("mentor", "employer", "ground", "checked_on", "outcome", "permission"),
    "sign_contract": ("mentor", "employer", "semesters", "signed_on", "scan"),
    "end_contract": ("contract", "day", "reason"),
    "prolong_contract": ("contract", "until", "scan"),
    "enrol_learner": (
        "name", "born", "institution", "class", "course", "guardian", "results_only", "repeats_class",
        "another_person",
    ),
    "correct_learner": ("learner", "name", "born", "reason"),
    "correct_mentor": ("mentor", "name", "born", "reason"),
    "draft_plan": PLAN_FIELDS,
    "file_request": ("plan", "applicant", "signed_on", "scan"),
    "sign_agreement": (
        "plan", "mentor", "learner_signed_on", "mentor_signed_on", *(text.name for text in TEXTS),
    ),
    "attach_mentor": ("plan", "mentor", "contract"),
    "submit_plan": ("plan", "reason"),
    "withdraw_plan": ("plan", "reason"),
    "approve_plan": ("plan", "reason"),
    "return_plan": ("plan", "reason"),
    "suspend_plan": ("plan", "reason"),
    "resume_plan": ("plan", "reason"),
    "amend_plan": ("plan", *PLAN_FIELDS, "reason"),
    "extend_plan": ("plan", "order_until", "order_scan"),
    "record_meeting": ("plan", *MEETING_FIELDS),
    "change_meeting": ("meeting", *MEETING_FIELDS, "reason"),
    "void_meeting": ("meeting", "reason"),
    "sign_meeting": ("meeting", "as", "means"),
    "submit_month": ("plan", "month", "no_double_funding"),
    "verify_month": ("plan", "month", "mentor", "paper_hours", "reason"),
    "return_month": ("plan", "month", "mentor", "paper_hours", "reason"),
    "reopen_month": ("plan", "month", "mentor", "paper_hours", "reason"),
    "correct_month": ("plan", "month", "mentor", "hours", "reason"),
    "review_cooperation": ("plan", "text", "recommendation"),
    "log_talk": ("plan", "day"),
    "publish_rate": ("amount", "from"),
    "set_value": ("name", "value", "from"),
    "prepare_run": ("employer", "month"),
    "approve_run": ("run",),
    "send_run": ("run",),
    "evaluate": ("plan", "closed", "open", "continue"),
    "close_plan": ("plan", "outcome", "reason"),
    "renew_plan": ("plan", "semester"),
    "show_interest": ("session",),
    "nominate": ("mentor", "session"),
    "plan_session": ("group", "municipality", "day", "start", "minutes", "place", "mode"),
    "compose_group": ("session", "members", "exception_reason"),
    "confirm_group": ("session", "attended"),
    "hold_session": ("session", "attended"),
    "write_note": ("plan", "text"),
    "raise_report": ("plan", "grounds", "text", "services", "leave_out"),
    "acknowledge_report": ("report",),
    "hand_over": ("plan",),
    "hold": ("thing", "reason"),
    "release": ("thing", "reason"),
    "dispose": ("before", "agreed_by"),
    "override_semester": ("institution", "semester", "starts_on", "ends_on", "order_scan"),
    "end_post": ("person", "day", "role", "institution"),
    "give_post": (
        "person", "role", "institution", "municipality", "region", "since", "until", "agreed_by"
    ),
    "look": ("what", "of", "month"),
}  # fmt: skip
"""Which arguments each act of the language takes, beside `key`."""

LOOKS = (
    "plan",
    "situation",
    "meetings",
    "timesheet",
    "notes",
    "report",
    "contract",
    "pay",
    "registry",
    "session",
    "notices",
    "everything",
)
