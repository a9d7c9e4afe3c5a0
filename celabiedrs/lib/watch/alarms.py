"""Raising an alarm, ending it, and the letter to the operator."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from celabiedrs.lib import clock
from celabiedrs.lib.watch.models import Alarm
from celabiedrs.lib.watch.words import CHECKS, WORDS

log = logging.getLogger(__name__)
TOLD_AGAIN_AFTER = timedelta(days=1)


def raise_alarm(kind: str, detail: str = "") -> None:
    """Open the alarm of this kind, or count it once more. The letter goes out with the next run of `tell`."""
    now = clock.now()
    seen = {"times": F("times") + 1, "last_at": now, "detail": detail[:200]}
    if not Alarm.objects.filter(kind=kind, over_at=None).update(**seen):
        first = Alarm(kind=kind, detail=detail[:200], first_at=now, last_at=now)
        Alarm.objects.bulk_create([first], ignore_conflicts=True)
        log.error("alarm: %s %s", kind, detail)


def end_alarm(kind: str) -> None:
    """What it was about is over."""
    if Alarm.objects.filter(kind=kind, over_at=None).update(over_at=clock.now()):
        log.info("alarm over: %s", kind)


def open_alarms() -> QuerySet[Alarm]:
    return Alarm.objects.filter(over_at=None).order_by("first_at", "pk")


def tell_operator() -> int:
    """One letter with every open alarm that was not told within a day; says how many. None without an operator."""
    now = clock.now()
    untold = Q(told_at=None) | Q(told_at__lt=now - TOLD_AGAIN_AFTER)
    alarms = list(open_alarms().filter(untold))
    if not alarms or not settings.OPERATOR:
        return 0
    with translation.override("lv"):
        lines = "\n\n".join(f"* {said(alarm)}" for alarm in alarms)
        send_mail(
            _("Ceļabiedrs: %(count)s alarms") % {"count": len(alarms)},
            _("%(lines)s\n\nThe state of the system: %(address)s/sistema/\n")
            % {"lines": lines, "address": settings.ADDRESS},
            None,
            [settings.OPERATOR],
        )
    Alarm.objects.filter(pk__in=[alarm.pk for alarm in alarms]).update(told_at=now)
    return len(alarms)


def said(alarm: Alarm) -> str:
    """What happened and what to do, in the language that is on, with the detail."""
    if alarm.kind in CHECKS:
        title, advice = CHECKS[alarm.kind]
        return f"{title}: {alarm.detail}. {advice}"
    words = str(WORDS[alarm.kind])
    return f"{words} ({alarm.detail})" if alarm.detail else words
