"""Words for where a session and a mentor in it stand, with their tones."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.rules.supervision import confirm_by
from celabiedrs.supervision.models import GroupKind, SessionState, SupervisionSession

TONES = {"planned": "amber", "confirmed": "green", "held": "accent", "cancelled": "grey"}


@dataclass(frozen=True)
class MentorStatus:
    """Where a mentor stands with a session."""

    key: str
    tone: str

    @property
    def words(self) -> str:
        return {
            "": "",
            "interested": _("interest shown"),
            "nominated": _("nominated"),
            "composed": _("in the group, not confirmed yet"),
            "member": _("in the group"),
            "not_chosen": _("not chosen"),
            "not_nominated": _("not nominated"),
            "cancelled": _("cancelled"),
            "attended": _("attended"),
            "absent": _("not attended"),
        }[self.key]


def standing(
    session: SupervisionSession, *, interested: bool, nominated: bool, member: bool, attended: bool | None
) -> MentorStatus:
    """What became of the mentor's wish, by the state of the session."""
    if session.state == SessionState.CANCELLED:
        return MentorStatus("cancelled", "grey")
    if attended is not None:
        return MentorStatus("attended", "green") if attended else MentorStatus("absent", "grey")
    settled = session.state in (SessionState.CONFIRMED, SessionState.HELD)
    if member:
        return MentorStatus("member", "green") if settled else MentorStatus("composed", "accent")
    if nominated:
        return MentorStatus("not_chosen", "grey") if settled else MentorStatus("nominated", "accent")
    if interested:
        return MentorStatus("not_nominated", "grey") if settled else MentorStatus("interested", "amber")
    return MentorStatus("", "")


@dataclass(frozen=True)
class Line:
    """The five-day line of a session (SUP-6): the last day to confirm, and how near it is."""

    by: date
    left: int

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def tone(self) -> str:
        return "red" if self.is_over else "amber" if self.left <= 2 else ""


def line_of(session: SupervisionSession) -> Line:
    by = confirm_by(clock.riga_day(session.starts_at))
    return Line(by, (by - clock.today()).days)


def group_name(kind: GroupKind) -> str:
    """II group, with whom it is for where the operator has said so."""
    short = _("group %(code)s") % {"code": kind.code}
    return f"{short} – {kind.name}" if kind.name else short
