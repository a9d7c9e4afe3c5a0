"""What is kept, for whom, why and until when: every table and every kind of file, each once (ARC-1, promise T8).

The record of processing is drawn from here, and a test fails on a table or a kind of file that is not here. Column by
column nothing is said apart: a column with another audience is another table in this house.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from celabiedrs.rules.parameters import parameters, whole
from celabiedrs.rules.retention import keep_until


@dataclass(frozen=True)
class RetentionClass:
    """A class of keeping: how long from when, and who takes away. `length`: the parameter, "" for the one day of the
    programme or for none."""

    name: str
    title: Any
    counted: Any
    taken_by: Any
    length: str = ""

    def span(self, today: date) -> tuple[int, str] | None:
        """How many, and whether days or months; None where no length is counted."""
        if not self.length:
            return None
        return whole(self.length, today), "days" if parameters()[self.length].unit == "days" else "months"

    def day(self, today: date) -> date | None:
        """The one last day of the class, where it has one."""
        return keep_until(today) if self in (EVIDENCE, APART) else None


_NIGHTLY = _("the system, every night")

EVIDENCE = RetentionClass(
    "evidence",
    _("Project evidence"),
    _("up to and including the programme's last day of keeping; what ran longer, to its own last day"),
    _("two administrators together"),
)
APART = RetentionClass(
    "apart",
    _("Project evidence that belongs to no plan"),
    _("up to and including that day at least; no disposal takes it"),
    _("who runs the system, with the system"),
)
PROGRAMME = RetentionClass(
    "programme",
    _("Calendar, places and settings"),
    _("as long as the programme runs"),
    _("who runs the system, with the system"),
)
TRACE = RetentionClass(
    "trace",
    _("Traces of keeping"),
    _("as long as the programme runs: they show that the rest has gone"),
    _("who runs the system, with the system"),
)
NOTES = RetentionClass(
    "notes", _("Private notes"), _("after the plan ended"), _NIGHTLY, "notes_erased_months"
)  # fmt: skip
DRAFT = RetentionClass(
    "draft",
    _("Drafts that came to nothing"),
    _(
        "after the last day of a plan that was never sent to the expert, after its withdrawal, or after the last saving"
    ),
    _NIGHTLY,
    "drafts_kept_months",
)
NO_PLAN = RetentionClass(
    "no_plan",
    _("Learners without a plan"),
    _("after the enrolment or the last thing done for the learner"),
    _NIGHTLY,
    "learner_without_plan_months",
)
CANDIDATE = RetentionClass(
    "candidate",
    _("Unsuccessful candidates"),
    _("after the entry of a mentor who got no certificate, or after a talk that came to nothing"),
    _NIGHTLY,
    "candidate_kept_months",
)
LOOKS = RetentionClass("looks", _("Who looked at what"), _("after the look"), _NIGHTLY, "looks_kept_months")
MESSAGES = RetentionClass("messages", _("Notices"), _("after the notice"), _NIGHTLY, "messages_kept_months")
ACCOUNT = RetentionClass(
    "account",
    _("Accounts without a post"),
    _("after the person's last post ended; where records name the person, the name stays with them"),
    _NIGHTLY,
    "account_kept_months",
)
THEMES = RetentionClass(
    "themes",
    _("Themes for a supervision"),
    _("after the session; at its end where somebody marked that"),
    _NIGHTLY,
    "themes_kept_days",
)
PASSING = RetentionClass(
    "passing",
    _("Passing technical records"),
    _("after use, or after they lapsed"),
    _NIGHTLY,
    "passing_kept_days",
)
CLASSES = (
    EVIDENCE, APART, NOTES, DRAFT, NO_PLAN, CANDIDATE, LOOKS, MESSAGES, ACCOUNT, THEMES, PASSING, TRACE, PROGRAMME,
)  # fmt: skip

_SCHOOL, _MENTOR, _EXPERT = _("learner's school"), _("plan's mentor"), _("project expert of the region")
_SAMPLE = _("auditor, for the drawn sample")
_ADMINISTRATORS = _("programme administrators")
_NOBODY = _("nobody: the system itself")
_EMPLOYER = _("employer")
_COORDINATOR = _("coordinator of the municipality")


@dataclass(frozen=True)
class Record:
    """What is processed for one purpose: which tables and files, about whom, why, for whom, until when.

    `sooner`: classes by which rows of it go before the others, because they came to nothing; `later`: by which rows
    stay when the others go, because they belong to no plan (decision 0012).
    """

    name: str
    title: Any
    about: Any
    purpose: Any
    audience: tuple[Any, ...]
    keeping: RetentionClass
    tables: tuple[str, ...]
    files: tuple[str, ...] = ()
    sooner: tuple[RetentionClass, ...] = ()
    later: tuple[RetentionClass, ...] = ()


_LEARNERS, _MENTORS, _STAFF = _("learners, guardians"), _("mentors"), _("people who sign in")
_BOTH = _("learners, mentors")

RECORDS = (
    Record(
        "learners",
        _("Learners: name, birth date, class, guardian, sealed personal code, change of school"),
        _LEARNERS,
        _("to find and keep up the support of a learner without entering anybody twice"),
        (_SCHOOL, _MENTOR, _EXPERT, _SAMPLE),
        EVIDENCE,
        ("plans.Learner", "plans.PersonalCode", "plans.LearnerTransfer", "plans.LearnerCorrection"),
        sooner=(NO_PLAN,),
    ),
    Record(
        "plans",
        _("Support plans: risks, decisions, changes, suspensions, mentors, questions, talks"),
        _BOTH,
        _("to prepare, approve and carry out the support, and to account for it"),
        (_SCHOOL, _MENTOR, _EXPERT, _SAMPLE, _("coordinator of the municipality: dates and state only")),
        EVIDENCE,
        (
            "plans.SupportPlan", "plans.Risk", "plans.MentorAssignment", "plans.Suspension", "plans.PlanDecision",
            "plans.PlanSubmission", "plans.PlanQuestion", "plans.Amendment", "plans.MonthlyTalk",
            "plans.AuditSample", "evidence.DrawnPlan",
        ),
        ("order",),
        sooner=(DRAFT,),
    ),
    Record(
        "papers",
        _("Requests and agreements with their texts, signatures and copies"),
        _BOTH,
        _("to show that the support was asked for and agreed on"),
        (_SCHOOL, _MENTOR, _EXPERT, _SAMPLE),
        EVIDENCE,
        ("plans.SupportRequest", "plans.Agreement", "plans.AgreementText", "plans.AgreementSignature"),
        ("request", "agreement"),
        sooner=(DRAFT,),
    ),
    Record(
        "sketches",
        _("What was begun: answers on the way to a plan, texts of an agreement nobody has signed"),
        _LEARNERS,
        _("so that nothing typed is lost"),
        (_SCHOOL,),
        DRAFT,
        ("plans.PlanSketch", "plans.AgreementDraft"),
    ),
    Record(
        "hours",
        _("Meetings, timesheets, signatures, reviews of the cooperation"),
        _BOTH,
        _("to keep account of the mentor's work and to prove it"),
        (_SCHOOL, _MENTOR, _EXPERT, _("pay clerk: hours without topics and learners"), _SAMPLE),
        EVIDENCE,
        (
            "hours.Timesheet", "hours.Meeting", "hours.MeetingSignature", "hours.NoMeetings", "hours.NextMeeting",
            "hours.CooperationReview",
        ),
        ("paper_sheet", "timesheet"),
    ),
    Record(
        "pay",
        _("Rates, pay runs, pay lines, corrections, classes of social insurance"),
        _MENTORS,
        _("to pay the mentor's work and to account for the project's money"),
        (_("the mentor"), _EMPLOYER, _SAMPLE),
        EVIDENCE,
        (
            "pay.UnitRate", "pay.PayRun", "pay.PayLine", "pay.Correction", "pay.CorrectionPart", "pay.VsaoiClass",
            "pay.PayrollIdentity",
        ),
        later=(APART,),
    ),
    Record(
        "closing",
        _("Ends of plans, evaluations, the preparer's feedback, hand-overs of papers"),
        _BOTH,
        _("to end the support well, and to know where its papers are"),
        (_SCHOOL, _("plan's mentor: their own"), _("project expert: the evaluation"), _SAMPLE),
        EVIDENCE,
        (
            "closing.QuestionSet", "closing.Evaluation", "closing.PreparerFeedback", "closing.PlanEnd",
            "closing.HandOver", "closing.PlannedEnding", "closing.ReviewExcuse", "closing.KeeperChange",
            "documents.Original",
        ),
        ("hand_over",),
        later=(APART,),
    ),
    Record(
        "reports",
        _("Reports of danger and what was done"),
        _BOTH,
        _("to protect a child, and to show what was done"),
        (_("the author"), _("the school's safeguarding officers")),
        EVIDENCE,
        ("safeguarding.SafeguardingReport", "safeguarding.SafeguardingReport_left_out", "safeguarding.ReportStep"),
    ),
    Record(
        "notes",
        _("A mentor's private notes, sealed"),
        _LEARNERS,
        _("the mentor's own memory"),
        (_("the author alone"),),
        NOTES,
        ("notes.PrivateNote",),
    ),
    Record(
        "registry",
        _("Mentors: entry, education, certificate, checks, proposed changes, first talks"),
        _MENTORS,
        _("to know who may be a mentor and where, and how many were trained"),
        (_("the mentor"), _("schools of the mentor's municipalities"), _COORDINATOR, _EXPERT, _ADMINISTRATORS),
        APART,
        (
            "registry.Mentor", "registry.Mentor_municipalities", "registry.Mentor_works_at",
            "registry.EducationGround", "registry.TrainingRound", "registry.TrainingCertificate",
            "registry.SuitabilityCheck", "registry.ProposedChange", "registry.ProposedChange_municipalities",
            "registry.FirstTalk",
        ),
        sooner=(CANDIDATE,),
    ),
    Record(
        "contracts",
        _("Work contracts and their copies"),
        _MENTORS,
        _("to employ mentors"),
        (_("the mentor"), _EMPLOYER, _SAMPLE),
        EVIDENCE,
        ("contracts.Contract", "contracts.ReplacedCopy", "contracts.Prolongation"),
        ("contract",),
        later=(APART,),
    ),
    Record(
        "supervision",
        _("Supervision sessions: interest, nominations, members, attendance"),
        _MENTORS,
        _("to support mentors, and to show that they were supported"),
        (_("the mentor"), _("the supervisor"), _("the school that nominated"), _ADMINISTRATORS),
        APART,
        (
            "supervision.GroupKind", "supervision.SupervisionSession", "supervision.Interest",
            "supervision.Nomination", "supervision.Member", "supervision.AttendanceCorrection",
        ),
        ("attendance",),
    ),
    Record(
        "themes",
        _("Themes that mentors wish for, without an author"),
        _("nobody in person"),
        _("so that the supervisor can prepare"),
        (_("the supervisor"),),
        THEMES,
        ("supervision.Theme",),
    ),
    Record(
        "accounts",
        _("Accounts and posts of people who sign in"),
        _STAFF,
        _("so that everybody sees what their post shows, and it is known who did what"),
        (_("the person"), _ADMINISTRATORS),
        APART,
        (
            "people.User", "people.Post", "people.Correction", "people.AddressChange", "people.PostProposal",
            "people.AccountReset", "people.FactorSecret", "mfa.Authenticator", "account.EmailAddress",
        ),
        sooner=(ACCOUNT,),
    ),
    Record(
        "events",
        _("Events: who did what and when, without texts; documents as issued; files"),
        _STAFF,
        _("to show that what was done was done rightly"),
        (_("readers of the thing they are about"),),
        EVIDENCE,
        ("audit.Event", "documents.IssuedDocument", "files.StoredFile"),
        sooner=(DRAFT,),
        later=(APART,),
    ),
    Record(
        "samples",
        _("Auditors' samples: for whom, from what, with which random start they were drawn"),
        _STAFF,
        _("so that anybody can draw the sample again"),
        (_ADMINISTRATORS, _("the auditor")),
        APART,
        ("evidence.SampleDraw",),
        ("evidence_pack",),
    ),
    Record(
        "looks",
        _("Who looked at whose case, when, as what"),
        _STAFF,
        _("so that a look without need can be found"),
        (_("data protection officer"), _ADMINISTRATORS),
        LOOKS,
        ("audit.Look",),
    ),
    Record(
        "messages",
        _("Notices to people who sign in: numbers and days, no names"),
        _STAFF,
        _("to say what waits"),
        (_("the person"),),
        MESSAGES,
        ("outbox.Message",),
    ),
    Record(
        "passing",
        _("Sign-ins, one-time links, keys of posted forms, jobs"),
        _STAFF,
        _("so that the system works and nothing is done twice"),
        (_NOBODY,),
        PASSING,
        (
            "sessions.Session", "people.OneTimeLink", "people.AccountLetter", "once.PostedKey",
            "usersessions.UserSession", "people.FailedSignIn", "account.EmailConfirmation", "documents.FailedDocument",
            "programme.TableImport",
            "procrastinate.ProcrastinateWorker", "procrastinate.ProcrastinateJob", "procrastinate.ProcrastinateEvent",
            "procrastinate.ProcrastinatePeriodicDefer",
        ),
    ),
    Record(
        "keeping",
        _("Holds, proposals and certificates of disposal, requests to erase, what was erased by the system"),
        _STAFF,
        _("to keep and to dispose rightly, and to show it"),
        (_ADMINISTRATORS, _("learner's school: its own requests")),
        TRACE,
        (
            "retention.Hold", "retention.Disposal", "retention.Proposal", "retention.ErasureRequest",
            "retention.Lapse", "programme.Merge",
        ),
        ("disposal_certificate", "erasure_answer"),
    ),
    Record(
        "programme",
        _("Calendar, places, regional contacts, settings; the framework's own tables"),
        _("regional contacts"),
        _("so that rules, addresses and contacts are right"),
        (_("everybody who signs in"),),
        PROGRAMME,
        (
            "places.Region", "places.Municipality", "places.Municipality_neighbours", "places.Institution",
            "places.InstitutionName",
            "places.RegionalContact", "places.RegionalContact_municipalities", "places.Semester", "places.Break",
            "places.SemesterOverride", "places.ProgrammeSetting", "places.Edition", "desk.SentReminder",
            "sealing.KeyMark", "files.StoreMark", "watch.Alarm", "watch.Milestone", "audit.ChainLink",
            "audit.RemovedEvent", "auth.Permission", "auth.Group",
            "auth.Group_permissions", "contenttypes.ContentType", "safeguarding.ServiceNumber",
        ),
        ("semester_order",),
    ),
)  # fmt: skip
