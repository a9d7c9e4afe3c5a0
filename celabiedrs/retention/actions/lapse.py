"""What the night takes away: the shorter classes, each row on its own day (ARC-1, decision 0040)."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import models, transaction

from celabiedrs.lib import clock
from celabiedrs.lib.audit.models import Event, Look
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.once.models import PostedKey
from celabiedrs.lib.outbox.models import Message
from celabiedrs.people.models import (
    AccountLetter,
    AddressChange,
    Correction,
    FactorSecret,
    OneTimeLink,
    Post,
    User,
)
from celabiedrs.registry.models import FirstTalk, Mentor, SuitabilityCheck
from celabiedrs.retention.actions.erasure import disposing, erase_files, erase_learners, erase_plans
from celabiedrs.retention.models import Lapse
from celabiedrs.retention.reading import lapses
from celabiedrs.supervision.models import Interest, Nomination

BATCH = 500
CLOSED = "@example.invalid"
OF_AN_ACCOUNT: tuple[type[models.Model], ...] = (
    Post,
    OneTimeLink,
    AccountLetter,
    FactorSecret,
    Authenticator,
    UserSession,
    Correction,
    AddressChange,
    EmailAddress,
    Message,
    PostedKey,
)
"""What may belong to an account that goes; what was done in any other table keeps the name."""


def lapse() -> dict[str, int]:
    """Take what lapses today, class by class, in batches that each hold by themselves; says how many rows of which."""
    taken = {}
    for kind in lapses.SHORTER:
        rows = _lapse_one(kind)
        if rows:
            taken[kind.name] = rows
            Lapse.objects.create(name=kind.name, on=clock.today(), rows=rows)
    return taken


def _lapse_one(kind: lapses.Shorter) -> int:
    taken, last = 0, None
    erase = ERASE.get(kind.name) or partial(_plainly, kind.rows().model)
    while True:
        due = kind.due(clock.today()).order_by("pk")
        if last is not None:
            due = due.filter(pk__gt=last)
        keys = list(due.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return taken
        last = keys[-1]
        with transaction.atomic():
            taken += erase(keys)


def erase_drafts(keys: list[int]) -> int:
    """Plans that were never approved, with what belongs to them; their learners have a class of their own."""
    return erase_plans(keys, before=None)["SupportPlan"]


def erase_unplanned(keys: list[int]) -> int:
    """Learners without a plan."""
    counts: Counter[str] = Counter()
    with disposing():
        erase_learners(keys, counts)
    return counts["Learner"]


def erase_talks(keys: list[int]) -> int:
    """Talks that came to nothing, with what was written down about them."""
    with disposing():
        Event.objects.filter(kind="FirstTalk", thing_id__in=keys)._raw_delete("default")
    return _plainly(FirstTalk, keys)


def erase_candidates(keys: list[int]) -> int:
    """Mentors who never became one, with their entry; the account has a class of its own."""
    rows = Mentor.objects.filter(pk__in=keys).order_by()
    threads = list(rows.values_list("public_id", flat=True))
    for model in (SuitabilityCheck, Interest, Nomination):
        _of_mentors(model, keys).delete()
    with disposing():
        Event.objects.filter(thread__in=threads)._raw_delete("default")
        Event.objects.filter(kind="Mentor", thing_id__in=keys)._raw_delete("default")
    Look.objects.filter(thread__in=threads)._raw_delete("default")
    return rows.delete()[1].get("registry.Mentor", 0)


def _of_mentors(model: type[models.Model], keys: list[int]) -> models.QuerySet[Any]:
    return model._base_manager.filter(mentor__in=keys)


def erase_accounts(keys: list[int]) -> int:
    """Accounts to which no record points are deleted; the others keep the name alone, closed."""
    pointed = _pointed_at(keys)
    free = [key for key in keys if key not in pointed]
    with disposing():
        Event.objects.filter(kind="User", thing_id__in=free)._raw_delete("default")
    Post.objects.filter(person__in=free).delete()
    User.objects.filter(pk__in=free).delete()
    open_still = User.objects.filter(pk__in=pointed).exclude(is_active=False, email__endswith=CLOSED)
    return len(free) + sum(_close(person) for person in open_still.order_by("pk"))


def _pointed_at(keys: list[int]) -> set[int]:
    found: set[int] = set()
    for field in lapses.referring(User, but=OF_AN_ACCOUNT):
        rows = field.model._base_manager.filter(**{f"{field.name}__in": keys}).order_by()
        found |= set(rows.values_list(field.attname, flat=True))
    sampled = Post.objects.filter(person__in=keys, sample__isnull=False).order_by()
    return found | set(sampled.values_list("person", flat=True))


def _close(person: User) -> bool:
    """Nobody signs in with it any more and it knows no address; the name stands where something was done."""
    person.is_active, person.email = False, f"{person.public_id.hex}{CLOSED}"
    person.set_unusable_password()
    person.save(update_fields=["is_active", "email", "password"])
    EmailAddress.objects.filter(user=person).delete()
    OneTimeLink.objects.filter(person=person).delete()
    Correction.objects.filter(person=person).delete()
    AddressChange.objects.filter(person=person).delete()
    record(person, "account_closed", by=None, thread=person.public_id)
    return True


def _plainly(model: type[models.Model], keys: list[Any]) -> int:
    return model._base_manager.filter(pk__in=keys)._raw_delete("default")


ERASE: dict[str, Callable[[list[Any]], int]] = {
    "drafts": erase_drafts,
    "learners": erase_unplanned,
    "files": erase_files,
    "talks": erase_talks,
    "candidates": erase_candidates,
    "accounts": erase_accounts,
}
