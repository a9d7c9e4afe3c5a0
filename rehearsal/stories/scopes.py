"""Things by their name in a story, through the same scopes that the pages load them by."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from celabiedrs.contracts.access import contract_states_visible_to
from celabiedrs.contracts.models import Contract
from celabiedrs.hours.access import rows_visible_to
from celabiedrs.hours.models import Meeting, Timesheet
from celabiedrs.pay.access import runs_visible_to
from celabiedrs.pay.models import PayRun
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution, Municipality, Region
from celabiedrs.plans.access import learners_visible_to, plans_visible_to
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.access import mentors_known_to
from celabiedrs.registry.models import Mentor
from celabiedrs.retention.access import may_keep
from celabiedrs.safeguarding.access import report_facts_visible_to
from celabiedrs.safeguarding.models import SafeguardingReport
from celabiedrs.supervision.access import sessions_visible_to
from celabiedrs.supervision.models import Nomination, SupervisionSession


class NotFound(Exception):
    """The person may not know that the thing exists (a page answers 404)."""


class Unnamed(Exception):
    """The story names something that neither the world nor an earlier step has made."""


Scope = Callable[[User], QuerySet[Any]]


def _meetings(user: User) -> QuerySet[Meeting]:
    sheets = Timesheet.objects.filter(rows_visible_to(user)).order_by().values("pk")
    return Meeting.objects.filter(timesheet__in=sheets).select_related("plan", "mentor")


SCOPES: dict[str, Scope] = {
    "plan": lambda user: SupportPlan.objects.filter(plans_visible_to(user)),
    "learner": lambda user: Learner.objects.filter(learners_visible_to(user)),
    "mentor": lambda user: Mentor.objects.filter(mentors_known_to(user)),
    "contract": lambda user: Contract.objects.filter(contract_states_visible_to(user)),
    "meeting": _meetings,
    "run": lambda user: PayRun.objects.filter(runs_visible_to(user)),
    "session": lambda user: SupervisionSession.objects.filter(sessions_visible_to(user)),
    "report": lambda user: SafeguardingReport.objects.filter(report_facts_visible_to(user)),
}
MODELS: dict[str, type[Model]] = {
    "plan": SupportPlan,
    "contract": Contract,
    "run": PayRun,
    "session": SupervisionSession,
    "report": SafeguardingReport,
}
KNOWN: dict[str, type[Model]] = {
    "institution": Institution,
    "municipality": Municipality,
    "region": Region,
    "person": User,
}
"""What everybody may know of."""


@dataclass
class Cast:
    """What a story calls its things. `promised`: every name that a step may give, whether it came to it or not."""

    things: dict[tuple[str, str], int] = field(default_factory=dict)
    promised: frozenset[str] = frozenset()

    def put(self, kind: str, key: str, thing: Model) -> None:
        self.things[kind, key] = thing.pk
        if isinstance(thing, Mentor):
            self.things["person", key] = thing.user_id

    def pk(self, kind: str, key: object) -> int:
        found = self.things.get((kind, key)) if isinstance(key, str) else None
        if found is None and key in self.promised:
            raise NotFound(f"{kind} {key}")
        if found is None:
            raise Unnamed(f"there is no {kind} called “{key}”")
        return found

    def thing(self, kind: str, key: object) -> Any:
        """Something that everybody may know of; None where it is not named or there is no such thing."""
        if not isinstance(key, str) or (kind, key) not in self.things:
            return None
        return KNOWN[kind]._base_manager.get(pk=self.things[kind, key])

    def need(self, kind: str, key: object) -> Any:
        return KNOWN[kind]._base_manager.get(pk=self.pk(kind, key))

    def whole(self, what: str, key: object) -> Any:
        """What somebody looks at, no matter who they are: for asking its pages."""
        kind = {"pay": "run", "report": "report", "contract": "contract", "session": "session"}.get(
            what, "plan"
        )
        return MODELS[kind]._base_manager.get(pk=self.pk(kind, key))

    def user(self, key: str) -> User:
        """The person who acts, loaded again as at a request."""
        return User.objects.get(pk=self.pk("person", key))


def find(cast: Cast, user: User, kind: str, key: object) -> Any:
    """A thing by its scope. NotFound where the person may not know of it; None where the step names none."""
    if not isinstance(key, str) or not key:
        return None
    pk = cast.pk(kind, key)
    # the scopes join over posts' places, so a row may come more than once
    found = SCOPES[kind](user).filter(pk=pk).order_by("pk").first()
    if found is None:
        raise NotFound(f"{kind} {key}")
    return found


def plan(cast: Cast, user: User, key: object) -> Any:
    found = find(cast, user, "plan", key)
    if found is None:
        raise Unnamed("the step names no plan")
    return found


def mentor(cast: Cast, user: User, key: object) -> Any:
    return find(cast, user, "mentor", key)


def member(cast: Cast, user: User, session: Any, key: object) -> Any:
    """A mentor for a group: one whom the person knows from the registry, or who was nominated for this session."""
    pk = cast.pk("mentor", key)
    known = Mentor.objects.filter(mentors_known_to(user)) | Mentor.objects.filter(
        pk__in=Nomination.objects.filter(session=session).order_by().values("mentor")
    )
    found = known.filter(pk=pk).order_by("pk").first()
    if found is None and session is not None and session.supervisor_id == user.pk:
        return Mentor.objects.get(pk=pk)  # the supervisor composes by name; the act asks for the nomination
    if found is None:
        raise NotFound(f"mentor {key}")
    return found


def anything(cast: Cast, user: User, key: object) -> Any:
    """A thing of whatever kind: who keeps the records may name each of them, others what they may know of."""
    for kind, scope in SCOPES.items():
        if isinstance(key, str) and (kind, key) in cast.things:
            if may_keep(user):
                return scope(user).model._base_manager.get(pk=cast.things[kind, key])
            return find(cast, user, kind, key)
    raise Unnamed(f"there is nothing called “{key}”")
