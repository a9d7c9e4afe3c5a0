"""What waits for those who employ mentors: checks that run out (MEN-4, MEN-5)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from celabiedrs.contracts.reading.checks import watched_at
from celabiedrs.lib.look.waits import Waits, address
from celabiedrs.people.models import SCHOOL_STAFF, Post, User


def waits(user: User) -> Iterator[Waits]:
    for post in user.posts_on():
        if post.role in SCHOOL_STAFF:
            yield from _checks(post)


def _checks(post: Post) -> Iterator[Waits]:
    """Checks of mentors under contract that are missing, over or about to run out (MEN-4, MEN-5)."""
    employers = [post.institution_id] if post.institution_id is not None else []
    count = sum(row.is_pressing and row.under_contract for row in watched_at(employers))
    if count:
        yield Waits(
            ngettext(
                "%(count)s mentor's suitability checks run out",
                "%(count)s mentors' suitability checks run out",
                count,
            )
            % {"count": count},
            str(post.institution),
            address("contracts:checks"),
            _("Look"),
            "amber",
        )
