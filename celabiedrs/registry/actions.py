"""What the programme does in the registry of mentors."""

from collections.abc import Iterable

from django.db import transaction

from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, asked, permit, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution, Municipality
from celabiedrs.registry.access import may_keep_registry
from celabiedrs.registry.models import (
    EducationGround,
    EducationKind,
    Mentor,
    TrainingCertificate,
    TrainingRound,
)
from celabiedrs.rules import mentor as mentor_rules
from celabiedrs.rules import naming
from celabiedrs.rules.reading import read_day, read_integer, read_text


@transaction.atomic
def enrol_mentor(
    *,
    by: User,
    name: object,
    born: object,
    education: object,
    municipalities: Iterable[Municipality | None] = (),
    coach_c_valid: object = None,
    works_at: Iterable[Institution] = (),
    email: str = "",
    phone: object = "",
    account: User | None = None,
) -> Done[Mentor]:
    """[REG-1] [MEN-2] [MEN-3] Enter a person in the registry, on a ground of education.

    `municipalities` may hold None for one that was given and does not exist. `account`: the person's account, where
    there is one already; else one is made, which cannot sign in before it has a password.
    """
    permit(may_keep_registry(by))
    served = list(municipalities)
    cautions = refuse(
        naming.fits(text=name, clause="REG-1"),
        naming.fits(text=phone, clause="REG-1", characters=40),
        mentor_rules.enrolment(
            name=name,
            born=born,
            education=education,
            coach_c_valid=coach_c_valid,
            municipalities=[place for place in served if place is not None],
            unknown_municipalities=[place for place in served if place is None],
            today=clock.today(),
        )
    )
    if account is None:
        account = User.objects.create_user(email=email or placeholder_address(), name=read_text(name))
    mentor = Mentor.objects.create(
        user=account, born_on=asked(read_day(born)), phone=read_text(phone), enrolled_at=clock.now()
    )
    mentor.municipalities.set([place for place in served if place is not None])
    mentor.works_at.set(works_at)
    span = mentor_rules.read_span(coach_c_valid)
    for kind in dict.fromkeys(education if isinstance(education, (list, tuple)) else ()):
        dates = span if kind == EducationKind.COACH_C and span else (None, None)
        EducationGround.objects.create(mentor=mentor, kind=kind, valid_since=dates[0], valid_until=dates[1])
    record(mentor, "enrolled", by=by)
    return Done(mentor, cautions)


def placeholder_address() -> str:
    """An address that reaches nobody, for a person whose own is not known yet."""
    import uuid

    return f"{uuid.uuid4().hex}@example.invalid"


@transaction.atomic
def record_certificate(
    *, by: User, mentor: Mentor | None, number: object, issued_on: object, hours: object, training_round: object
) -> Done[TrainingCertificate]:
    """[MEN-6] Enter the certificate of the training; its number belongs to one person."""
    permit(may_keep_registry(by))
    refuse(naming.mentor_named(named=mentor is not None, clause="MEN-6"))
    mentor = Mentor.objects.select_for_update().get(pk=asked(mentor).pk)
    written = mentor_rules.certificate_number(number)
    taken = TrainingCertificate.objects.filter(number=written).exclude(mentor=mentor).exists()
    cautions = refuse(
        naming.fits(text=number, clause="MEN-6", characters=40),
        mentor_rules.certificate(
            number=number,
            issued_on=issued_on,
            hours=hours,
            training_round=training_round,
            taken_by_another=taken,
            today=clock.today(),
        )
    )
    round_, _ = TrainingRound.objects.get_or_create(number=asked(read_integer(training_round)))
    certificate, _ = TrainingCertificate.objects.update_or_create(
        mentor=mentor,
        defaults={
            "number": written,
            "issued_on": asked(read_day(issued_on)),
            "hours": asked(read_integer(hours)),
            "round": round_,
        },
    )
    record(certificate, "certified", by=by)
    return Done(certificate, cautions)
