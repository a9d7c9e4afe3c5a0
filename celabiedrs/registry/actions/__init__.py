"""What the programme, mentors and schools do in the registry of mentors."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.mail_address import one_form
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution, Municipality
from celabiedrs.registry.access import may_edit_own_entry, may_keep_registry, may_talk
from celabiedrs.registry.models import (
    LETTERS_AND_DIGITS,
    ChangeState,
    EducationGround,
    EducationKind,
    FirstTalk,
    Mentor,
    ProposedChange,
    TrainingCertificate,
    TrainingRound,
)
from celabiedrs.rules import mentor as mentor_rules
from celabiedrs.rules import naming
from celabiedrs.rules import registry as registry_rules
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.reading import read_count, read_day, read_integer, read_text


@transaction.atomic
def enrol_mentor(
    *,
    by: User,
    name: object,
    born: object,
    education: object,
    municipalities: Iterable[Municipality | str | None] = (),
    coach_c_valid: object = None,
    works_at: Iterable[Institution] = (),
    email: str = "",
    phone: object = "",
    account: User | None = None,
    paper: object = "",
) -> Done[Mentor]:
    """[REG-1] [MEN-2] [MEN-3] Enter a person in the registry, on a ground of education.

    `municipalities` may hold None, or the word, for one that does not exist. `account`: the person's account, where
    there is one already; one with this address and this name is taken as the person's. Else one is made, which cannot
    sign in before it has a password. `paper`: the number of the document of education.
    """
    require(may_keep_registry(by))
    given = list(municipalities)
    served = [place for place in given if isinstance(place, Municipality)]
    standing = account or account_of(email)
    cautions = refuse(
        _address(email, name, standing) if account is None else (),
        naming.fits(text=name, field="name", clause="REG-1"),
        naming.fits(text=phone, field="phone", clause="REG-1", characters=40),
        naming.fits(text=paper, field="paper", clause="MEN-2", characters=60),
        mentor_rules.enrolment(
            name=name,
            born=born,
            education=education,
            coach_c_valid=coach_c_valid,
            municipalities=served,
            unknown_municipalities=[place for place in given if not isinstance(place, Municipality)],
            today=clock.today(),
        ),
        registry_rules.phone_written(phone=phone),
        registry_rules.same_person(known=is_in_registry(name, born)),
    )
    if standing is None:
        standing = User.objects.create_user(
            email=one_form(email) or placeholder_address(), name=read_text(name)
        )
    mentor = Mentor.objects.create(
        user=standing, born_on=expect(read_day(born)), phone=read_text(phone), enrolled_at=clock.now()
    )
    mentor.municipalities.set(served)
    mentor.works_at.set(works_at)
    span = mentor_rules.read_span(coach_c_valid)
    for kind in dict.fromkeys(education if isinstance(education, (list, tuple)) else ()):
        dates = span if kind == EducationKind.COACH_C and span else (None, None)
        EducationGround.objects.create(
            mentor=mentor,
            kind=kind,
            document_number=read_text(paper),
            valid_since=dates[0],
            valid_until=dates[1],
        )
    record(mentor, "enrolled", by=by)
    return Done(mentor, cautions)


def is_in_registry(name: object, born: object, *, but: Mentor | None = None) -> bool:
    """[REG-1] Whether a mentor of these words and this birthday is entered already (decision 0057)."""
    day = read_day(born)
    if day is None:
        return False
    others = Mentor.objects.filter(born_on=day).exclude(pk=but.pk if but else 0)
    return any(
        naming.same_name(each, name) for each in others.order_by().values_list("user__name", flat=True)
    )


def account_of(email: str) -> User | None:
    """The account that signs in with this address."""
    return User.objects.filter(email=email).first() if one_form(email) else None


def _address(email: str, name: object, standing: User | None) -> Iterable[Finding]:
    """[MEN-7] The address is one that can be, and nobody else's: who works at a school or the programme and is no
    mentor yet keeps the one account."""
    if not one_form(email):
        return ()
    try:
        validate_email(one_form(email))
    except ValidationError:
        return registry_rules.address_free(right=False, taken=False)
    same = standing is not None and standing.name.casefold() == read_text(name).casefold()
    taken = standing is not None and (not same or Mentor.objects.filter(user=standing).exists())
    return registry_rules.address_free(right=True, taken=taken)


def placeholder_address() -> str:
    """An address that reaches nobody, for a person whose own is not known yet."""
    return f"{uuid.uuid4().hex}@example.invalid"


@transaction.atomic
def record_certificate(
    *,
    by: User,
    mentor: Mentor | None,
    number: object,
    issued_on: object,
    hours: object,
    training_round: object,
) -> Done[TrainingCertificate]:
    """[MEN-6] Enter the certificate of the training; its number belongs to one person."""
    require(may_keep_registry(by))
    refuse(naming.mentor_named(named=mentor is not None, clause="MEN-6"))
    mentor = Mentor.objects.select_for_update().get(pk=expect(mentor).pk)
    compared = naming.certificate_number(number)
    others = TrainingCertificate.objects.exclude(mentor=mentor).alias(compared=LETTERS_AND_DIGITS)
    taken = others.filter(compared=compared).exists()
    cautions = refuse(
        naming.fits(text=number, field="number", clause="MEN-6", characters=40),
        mentor_rules.certificate(
            number=number,
            issued_on=issued_on,
            hours=hours,
            training_round=training_round,
            taken_by_another=taken,
            today=clock.today(),
        ),
    )
    round_, _ = TrainingRound.objects.get_or_create(number=expect(read_count(training_round)))
    certificate, _ = TrainingCertificate.objects.update_or_create(
        mentor=mentor,
        defaults={
            "number": naming.written_number(number),
            "issued_on": expect(read_day(issued_on)),
            "hours": expect(read_count(hours)),
            "round": round_,
        },
    )
    record(certificate, "certified", by=by)
    return Done(certificate, cautions)


@transaction.atomic
def record_education(
    *, by: User, mentor: Mentor, kind: object, document_number: object = "", coach_c_valid: object = None
) -> Done[EducationGround]:
    """[MEN-2] [MEN-3] Enter a ground of education with its paper; of one kind the newer stands, so that a coach's
    renewed certificate clears what the old one stopped."""
    require(may_keep_registry(by))
    cautions = refuse(
        mentor_rules.education_ground(education=[kind], today=clock.today()),
        mentor_rules.coach_dates(coach_c_valid=coach_c_valid) if kind == EducationKind.COACH_C else (),
        naming.fits(text=document_number, field="document_number", clause="MEN-2", characters=60),
    )
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    span = mentor_rules.read_span(coach_c_valid) if kind == EducationKind.COACH_C else None
    ground, _ = EducationGround.objects.update_or_create(
        mentor=mentor,
        kind=str(kind),
        defaults={
            "document_number": read_text(document_number),
            "valid_since": span[0] if span else None,
            "valid_until": span[1] if span else None,
        },
    )
    record(ground, "education_recorded", by=by, kind_of_education=str(kind))
    return Done(ground, cautions)


@transaction.atomic
def propose_change(
    *,
    by: User,
    mentor: Mentor,
    phone: object,
    municipalities: Iterable[Municipality | None],
    takes_up_to: object = "",
) -> Done[ProposedChange]:
    """[REG-1] The mentor says what should stand in their own entry; a proposal not answered yet gives way to it."""
    require(may_edit_own_entry(by, mentor))
    served = list(municipalities)
    cautions = refuse(
        naming.fits(text=phone, field="phone", clause="REG-1", characters=40),
        registry_rules.change_proposed(
            takes_up_to=takes_up_to,
            municipalities=[place for place in served if place is not None],
            unknown_municipalities=[place for place in served if place is None],
            today=clock.today(),
        ),
    )
    Mentor.objects.select_for_update().get(pk=mentor.pk)
    mentor.changes.filter(state=ChangeState.PROPOSED).delete()
    change = ProposedChange.objects.create(
        mentor=mentor,
        phone=read_text(phone),
        takes_up_to=read_integer(takes_up_to),
        proposed_at=clock.now(),
    )
    change.municipalities.set([place for place in served if place is not None])
    record(change, "change_proposed", by=by)
    return Done(change, cautions)


def _open_change(change: ProposedChange) -> ProposedChange:
    """The proposal, locked; refused where it has its answer or a newer one has taken its place."""
    found = ProposedChange.objects.select_for_update().filter(pk=change.pk).first()
    refuse(registry_rules.change_open(state=found.state if found else ""))
    return expect(found)


@transaction.atomic
def confirm_change(*, by: User, change: ProposedChange) -> Done[Mentor]:
    """[REG-1] The programme takes the mentor's proposal over into the entry."""
    require(may_keep_registry(by))
    change = _open_change(change)
    mentor = Mentor.objects.select_for_update().get(pk=change.mentor_id)
    mentor.phone, mentor.takes_up_to = change.phone, change.takes_up_to
    mentor.save(update_fields=["phone", "takes_up_to"])
    mentor.municipalities.set(change.municipalities.all())
    _answer(change, ChangeState.CONFIRMED, by=by, answer="")
    return Done(mentor)


@transaction.atomic
def decline_change(*, by: User, change: ProposedChange, answer: object) -> Done[ProposedChange]:
    """[REG-1] The programme leaves the entry as it is, and says why."""
    require(may_keep_registry(by))
    change = _open_change(change)
    cautions = refuse(
        registry_rules.change_declined(answer=answer),
        naming.fits(text=answer, field="answer", clause="REG-1", characters=300),
    )
    _answer(change, ChangeState.DECLINED, by=by, answer=read_text(answer))
    return Done(change, cautions)


def _answer(change: ProposedChange, state: ChangeState, *, by: User, answer: str) -> None:
    change.state, change.answer = state, answer
    change.decided_by, change.decided_at = by, clock.now()
    change.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(change, f"change_{state.value}", by=by)


@transaction.atomic
def set_round_target(*, by: User, number: object, target: object) -> Done[TrainingRound]:
    """[MEN-10] How many mentors a training round is to bring."""
    require(may_keep_registry(by))
    cautions = refuse(registry_rules.round_target(number=number, target=target, today=clock.today()))
    round_, _ = TrainingRound.objects.update_or_create(
        number=expect(read_integer(number)), defaults={"target": expect(read_integer(target))}
    )
    record(round_, "target_set", by=by, target=round_.target)
    return Done(round_, cautions)


@transaction.atomic
def log_first_talk(
    *,
    by: User,
    mentor: Mentor | None,
    institution: Institution | None,
    held_on: object,
    outcome: object,
    hours_offered: object = "",
) -> Done[FirstTalk]:
    """[REG-3] A school has spoken to a mentor. No learner is named, so a refusal leaves no learner's data behind."""
    require(may_talk(by, institution))
    cautions = refuse(
        naming.mentor_named(named=mentor is not None, clause="REG-3"),
        naming.institution_named(named=institution is not None, clause="REG-3"),
        registry_rules.first_talk(
            held_on=held_on, outcome=outcome, hours_offered=hours_offered, today=clock.today()
        ),
    )
    talk = FirstTalk.objects.create(
        mentor=expect(mentor),
        institution=expect(institution),
        held_on=expect(read_day(held_on)),
        outcome=str(outcome),
        hours_offered=read_integer(hours_offered) if outcome == registry_rules.AGREED else None,
        logged_by=by,
        logged_at=clock.now(),
    )
    record(talk, "talked", by=by, outcome=str(outcome))
    return Done(talk, cautions)
