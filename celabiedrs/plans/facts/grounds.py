"""Module and ground, worked out from what is known of the learner: only what the clauses allow can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.lib import clock
from celabiedrs.plans.words import Module, ModuleGround
from celabiedrs.rules.breach import Finding
from celabiedrs.rules.calendar import Calendar, Period, Stage
from celabiedrs.rules.plan import LearnerFacts, ground_findings
from celabiedrs.rules.support import GROUNDS, Risk

MODULE_OF = {ground: module for module, grounds in GROUNDS.items() for ground in grounds}
CLAUSE_OF = {
    ModuleGround.REPEATS_CLASS_9: "MOD-2",
    ModuleGround.VOCATIONAL_WITH_RESULTS_ONLY: "MOD-3",
    ModuleGround.FAILING_AND_LEAVING: "MOD-4",
    ModuleGround.SOCIAL_EXCLUSION: "MOD-5",
}


@dataclass(frozen=True)
class GroundOption:
    """A ground with its module; `why_not` says which clause closes it for this learner."""

    ground: str
    module: str
    label: str
    module_label: str
    clause: str
    why_not: tuple[Finding, ...]

    @property
    def open(self) -> bool:
        return not self.why_not


def ground_options(learner: LearnerFacts, risks: Sequence[Risk]) -> list[GroundOption]:
    """Every ground of both modules: those that this learner may have first."""
    today = clock.today()
    options = []
    for ground in ModuleGround:
        module = MODULE_OF[ground.value]
        found = ground_findings(learner=learner, module=module, ground=ground.value, risks=risks, day=today)
        options.append(
            GroundOption(
                ground.value,
                module,
                str(ground.label),
                str(Module(module).label),
                CLAUSE_OF[ground],
                tuple(found),
            )
        )
    return sorted(options, key=lambda option: not option.open)


def semesters_open(calendar: Calendar, stage: Stage, institution: int) -> list[Period]:
    """The semesters that are known and not over yet for this learner, the next one first."""
    today: date = clock.today()
    periods = (calendar.semester_for(label, stage, institution) for label in calendar.labels())
    return [period for period in periods if period is not None and period.until >= today]
