"""What waits about keeping: a disposal for the second administrator, requests to erase for who answers them (ARC-1)."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.lib import clock
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.models import User
from celabiedrs.retention.access import may_enter_requests, may_keep, requests_visible_to
from celabiedrs.retention.models import ErasureRequest, Proposal, ProposalState, RequestState
from celabiedrs.retention.reading.due import due

WAITING = (ProposalState.PROPOSED, ProposalState.AGREED)
TOLD_FOR = timedelta(days=14)
ANSWER_WITHIN = timedelta(days=30)
"""A request is answered within a month; from the third week on it presses."""


def waits(user: User) -> Iterator[Waits]:
    if may_keep(user):
        yield from _disposals(user)
    if may_enter_requests(user):
        yield from _requests(user)


def _disposals(user: User) -> Iterator[Waits]:
    rows = Proposal.objects.filter(
        state__in=(ProposalState.PROPOSED, ProposalState.AGREED, ProposalState.FALLEN)
    )
    if not any(proposal.state in WAITING for proposal in rows):
        yield from _due()
    for proposal in rows.order_by("prepared_at", "pk"):
        url = address("retention:proposal", proposal.public_id)
        before = {"before": shown.day(proposal.before)}
        if proposal.state == ProposalState.AGREED:
            yield Waits(_("A disposal is being carried out"), "", url, _("Look"), "green")
        elif proposal.state == ProposalState.FALLEN:
            yield from _fallen(proposal, user, url)
        elif proposal.prepared_by_id == user.pk:
            text = _("Another administrator has to agree.")
            yield Waits(_("Your disposal before %(before)s waits") % before, text, url, _("Look"), "green")
        else:
            text = _("Look at the list; what goes cannot be brought back.")
            title = _("A disposal before %(before)s waits for your agreement") % before
            yield Waits(title, text, url, _("Look and answer"), "amber")


def _due() -> Iterator[Waits]:
    """What has outlived its last day, from the day after the programme's last day of keeping on."""
    count = len(due(clock.today()).plans)
    if count:
        yield Waits(
            ngettext("%(count)s plan is to be disposed of", "%(count)s plans are to be disposed of", count)
            % {"count": count},
            _("Their last day of keeping is over. One administrator prepares, another one agrees."),
            address("retention:prepare"),
            _("Look at the list"),
            "amber",
        )


def _fallen(proposal: Proposal, user: User, url: str) -> Iterator[Waits]:
    """Both who agreed to it are told, until one of them has prepared another one or two weeks are over."""
    told = user.pk in (proposal.prepared_by_id, proposal.answered_by_id)
    later = Proposal.objects.filter(prepared_at__gt=proposal.prepared_at).exists()
    agreed_at = proposal.answered_at
    if told and not later and agreed_at is not None and clock.now() - agreed_at < TOLD_FOR:
        yield Waits(
            _("An agreement to a disposal fell"), str(proposal.get_fell_display()), url, _("Look"), "red"
        )


def _requests(user: User) -> Iterator[Waits]:
    rows = ErasureRequest.objects.filter(requests_visible_to(user), state=RequestState.OPEN)
    oldest = rows.order_by("asked_on").first()
    if oldest is None:
        return
    count = rows.count()
    pressing = clock.today() - oldest.asked_on > ANSWER_WITHIN * 2 / 3
    yield Waits(
        ngettext("%(count)s request to erase waits", "%(count)s requests to erase wait", count)
        % {"count": count},
        _("The oldest was asked on %(day)s; the answer is due within a month.")
        % {"day": shown.day(oldest.asked_on)},
        address("retention:requests"),
        _("Open the list"),
        "red" if pressing else "amber",
    )
