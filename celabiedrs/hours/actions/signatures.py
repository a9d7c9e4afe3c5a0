from django.db import transaction

from celabiedrs.hours.actions.meetings import locked_row, permit_mentor_of
from celabiedrs.hours.models import Meeting, MeetingSignature, Party
from celabiedrs.hours.workflow import SIGN
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, Stale, refuse
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.places.facts import programme
from celabiedrs.rules import month as month_rules


@transaction.atomic
def sign_meeting(
    *,
    by: User,
    meeting: Meeting,
    party: object,
    means: object,
    typed_name: str = "",
    drawing: bytes | None = None,
    content_hash: str | None = None,
) -> Done[Meeting]:
    """[LOG-7] Take the learner's, the mentor's or both signatures on the row as it stands.

    On the device the learner signs on the mentor's, at the meeting. `content_hash`: the one that the signer had before
    them; Stale where the row has changed since. Who has signed already is not asked again.
    """
    permit_mentor_of(by, meeting)
    meeting = locked_row(meeting, SIGN)
    allowed = programme().setting("signature_means", clock.today())
    cautions = refuse(month_rules.signature(party=party, means=means, means_allowed=allowed))
    current = meeting.content_hash()
    if content_hash is not None and content_hash != current:
        raise Stale
    signing = (Party.LEARNER, Party.MENTOR) if party == "both" else (Party(str(party)),)
    for one in signing:
        if getattr(meeting, f"{one.value}_means"):
            continue
        MeetingSignature.objects.create(
            meeting=meeting,
            party=one,
            means=str(means),
            content_hash=current,
            signed_at=clock.now(),
            taken_by=by,
            typed_name=typed_name,
            drawing=drawing,
        )
        setattr(meeting, f"{one.value}_means", str(means))
    meeting.disputed_at = None
    meeting.save(update_fields=["learner_means", "mentor_means", "disputed_at"])
    record(meeting, "signed", by=by, thread=meeting.plan.public_id, party=str(party), means=str(means))
    return Done(meeting, cautions)


@transaction.atomic
def dispute_meeting(*, by: User, meeting: Meeting) -> Done[Meeting]:
    """The learner says "not right": nothing is signed until the row is changed or signed after all."""
    permit_mentor_of(by, meeting)
    meeting = locked_row(meeting, SIGN)
    meeting.disputed_at = clock.now()
    meeting.save(update_fields=["disputed_at"])
    record(meeting, "disputed", by=by, thread=meeting.plan.public_id)
    return Done(meeting)
