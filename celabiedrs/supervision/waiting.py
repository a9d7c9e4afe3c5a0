"""What waits around supervision: the supervisor's five-day line, own people to nominate, a session to come to."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.rules.parameters import whole
from celabiedrs.supervision.access import is_mentor, own_sessions, sessions_visible_to
from celabiedrs.supervision.models import SessionState, SupervisionSession
from celabiedrs.supervision.reading.agenda import LedRow, led, of_school, takes_more, with_names
from celabiedrs.supervision.workflow import TO_COME


def waits(user: User) -> Iterator[Waits]:
    if user.holds(Role.SUPERVISOR):
        yield from _for_supervisor(user)
    if user.holds(Role.RESPONSIBLE_PERSON):
        yield from _for_responsible(user)
    if is_mentor(user):
        yield from _for_mentor(user)


def _for_supervisor(user: User) -> Iterator[Waits]:
    """Sessions whose five-day line is near, and those that are over and not closed."""
    open_ones = with_names(SupervisionSession.objects.filter(own_sessions(user), state__in=TO_COME))
    days = whole("supervision_remind_days", clock.today()) - whole("supervision_confirm_days", clock.today())
    for session in open_ones.order_by("starts_at", "pk"):
        row = led(session)
        if row.must_mark:
            yield _row(
                row,
                _("Mark who was at the session of %(day)s"),
                _("They get the certificate."),
                "hold",
                _("Mark"),
            )
        elif row.is_lost or (row.must_confirm and row.line.is_over):
            text = _("It had to be confirmed by %(by)s.") % {"by": shown.day(row.line.by)}
            title = _("The group of %(day)s was not confirmed in time")
            yield _row(row, title, text, "session", _("Look"), "red")
        elif row.must_confirm and row.line.left <= days:
            yield _confirm(row)


def _confirm(row: LedRow) -> Waits:
    left = row.line.left
    text = (
        ngettext("%(n)s day is left, until %(by)s.", "%(n)s days are left, until %(by)s.", left)
        % {"n": left, "by": shown.day(row.line.by)}
        if left
        else _("Today is the last day.")
    )
    name, label = ("confirm", _("Look and confirm")) if row.members else ("compose", _("Compose"))
    return _row(row, _("The group of %(day)s must be confirmed"), text, name, label)


def _row(row: LedRow, title: str, text: str, name: str, label: str, tone: str = "amber") -> Waits:
    day = {"day": shown.day(row.session.starts_at)}
    return Waits(title % day, text, address(f"supervision:{name}", row.session.public_id), label, tone)


def _for_responsible(user: User) -> Iterator[Waits]:
    known = programme()
    ahead = SupervisionSession.objects.filter(state__in=TO_COME, starts_at__gt=clock.now())
    for session in filter(takes_more, with_names(ahead).order_by("starts_at", "pk")):
        count = len(of_school(user, session, known).to_nominate)
        if count:
            yield Waits(
                ngettext(
                    "Supervision on %(day)s: %(n)s mentor would like to come",
                    "Supervision on %(day)s: %(n)s mentors would like to come",
                    count,
                )
                % {"day": shown.day(session.starts_at), "n": count},
                _("The supervisor chooses among those whom you nominate."),
                address("supervision:session", session.public_id),
                _("Nominate"),
                "amber",
            )


def _for_mentor(user: User) -> Iterator[Waits]:
    """A confirmed session within three weeks, with its place."""
    soon = SupervisionSession.objects.filter(
        sessions_visible_to(user),
        members__mentor=user.mentor,
        state=SessionState.CONFIRMED,
        starts_at__gt=clock.now(),
        starts_at__lt=clock.now() + timedelta(days=21),
    )
    for session in soon.order_by("starts_at", "pk"):
        yield Waits(
            _("Supervision: %(day)s, %(at)s")
            % {"day": shown.day_words(session.starts_at), "at": shown.clock(session.starts_at)},
            session.place,
            address("supervision:session", session.public_id),
            _("Look"),
        )
