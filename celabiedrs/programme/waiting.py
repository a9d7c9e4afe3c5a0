"""What waits for the programme's administrators: documents that could not be made."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from celabiedrs.lib import clock
from celabiedrs.lib.documents.models import FailedDocument
from celabiedrs.lib.look import shown
from celabiedrs.lib.look.waits import Waits
from celabiedrs.people.access import may_keep_programme
from celabiedrs.people.models import User

KINDS = {
    "timesheet": gettext_lazy("timesheets"),
    "hand_over": gettext_lazy("acts of handing over"),
    "attendance": gettext_lazy("supervision certificates"),
    "disposal_certificate": gettext_lazy("certificates of disposal"),
}


def waits(user: User) -> Iterator[Waits]:
    if not may_keep_programme(user):
        return
    failed = FailedDocument.objects.order_by("kind").values("kind")
    for row in failed.annotate(count=Count("pk"), since=Min("failed_at")):
        title = ngettext(
            "%(count)s document could not be made", "%(count)s documents could not be made", row["count"]
        )
        text = _(
            "%(kind)s, since %(since)s. It is tried again by itself; if it stays, tell who runs the system."
        )
        kind = KINDS.get(row["kind"], row["kind"])
        since = shown.day(clock.riga_day(row["since"]))
        yield Waits(title % {"count": row["count"]}, text % {"kind": kind, "since": since}, tone="red")
