"""Making an administrator on the machine itself: the first one, and a way back when all are lost (decision 0061)."""

import logging

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.mail_address import one_form
from celabiedrs.people import notices
from celabiedrs.people.models import Post, Role, User
from celabiedrs.people.reading.audience import in_force, post_audience
from celabiedrs.rules import programme as rules
from celabiedrs.rules.naming import fits
from celabiedrs.rules.reading import read_text

log = logging.getLogger(__name__)


@transaction.atomic
def make_administrator(*, name: object, email: object) -> Done[User]:
    """Give the post to the account with this address, which is opened where there is none. By nobody's account: only
    who has a shell on the machine can do it. Every administrator is told."""
    address = one_form(email)
    person = User.objects.filter(email=address).first()
    refuse(
        rules.account(name=name, email=address, taken=False),
        fits(text=name, field="name", clause="REG-1"),
        fits(text=address, field="email", clause="REG-1", characters=254),
    )
    if person is None:
        person = User.objects.create_user(email=address, name=read_text(name))
        record(person, "account_opened", by=None, thread=person.public_id)
    held = Post.objects.filter(in_force(), person=person, role=Role.PROGRAMME_ADMINISTRATOR, until=None)
    if not held.exists():
        post = Post.objects.create(person=person, role=Role.PROGRAMME_ADMINISTRATOR, since=clock.today())
        record(post, "post_given_on_the_machine", by=None, thread=person.public_id, role=post.role)
        notices.post_given(post, post_audience(post, but=person))
    log.warning("people: somebody was made an administrator on the machine")
    return Done(person)
