"""What the clock does with the event log: it is chained, and the chain's head leaves the machine once a day."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from celabiedrs.lib import clock
from celabiedrs.lib.audit.chain import extend, head
from celabiedrs.lib.retrying import NIGHTLY


@app.task(queueing_lock="audit.chain")
def chain(timestamp: int = 0) -> None:
    """Chain what was written since the last run; config/schedule.py says when."""
    extend()


@app.task(queueing_lock="audit.send_head", retry=NIGHTLY)
def send_head(timestamp: int = 0) -> None:
    """Tell the operator where the chain ends. Who keeps the letters can prove that nothing was changed afterwards."""
    extend()
    end = head()
    if not settings.OPERATOR or not end.number:
        return
    with translation.override("lv"):
        send_mail(
            _("Event log of %(day)s: link %(number)s")
            % {"day": clock.today().isoformat(), "number": end.number},
            _(
                "Keep this letter: with it `celabiedrs audit verify --head` shows whether the event log was "
                "changed after today.\n\n%(head)s\n"
            )
            % {"head": end},
            None,
            [settings.OPERATOR],
        )
