"""The wording of the mentor's five questions: operator's data, with versions (EVA-2)."""

from typing import Any

from django.db import transaction

from celabiedrs.closing.access import may_publish_questions
from celabiedrs.closing.models import QuestionSet
from celabiedrs.lib import clock
from celabiedrs.lib.acts import Done, expect, refuse, require
from celabiedrs.lib.audit.record import record
from celabiedrs.people.models import User
from celabiedrs.rules import closing as closing_rules
from celabiedrs.rules.reading import read_day


@transaction.atomic
def publish_questions(
    *,
    by: User,
    since: object,
    closed: list[dict[str, Any]],
    open_questions: list[dict[str, str]],
    ours: bool = True,
) -> Done[QuestionSet]:
    """[EVA-2] A new wording from a day on; answers given before keep the wording to which they were given."""
    require(may_publish_questions(by))
    newest = QuestionSet.objects.select_for_update().order_by("-version").first()
    day = read_day(since)
    cautions = refuse(
        closing_rules.wording(
            closed=closed,
            open_questions=open_questions,
            since=day,
            previous=newest.since if newest else None,
            today=clock.today(),
        )
    )
    published = QuestionSet.objects.create(
        version=newest.version + 1 if newest else 1,
        since=expect(day),
        ours=ours,
        closed=closed,
        open=open_questions,
        published_by=by,
        published_at=clock.now(),
    )
    record(published, "questions_published", by=by, version=published.version)
    return Done(published, cautions)
