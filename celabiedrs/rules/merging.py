"""Two entries of one person, or of one institution, become one (REG-1, GEN-2, CON-3)."""

from collections.abc import Collection, Iterator
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import month_words, read_text


@rule("REG-1", "GEN-2", "CON-3")
def one_and_the_same(
    *, clause: str, same: bool, reason: object, months: Collection[date], open_twice: Collection[str] = ()
) -> Iterator[Finding]:
    """[REG-1] [GEN-2] [CON-3] What is merged is one: the same words of the name and the same birthday, corrected first
    where they differ; nobody signs papers in two places in one month. It has a reason.

    `months`: in which both have signed papers; `open_twice`: semesters in which both have an open plan.
    """
    if not same:
        yield Breach(
            clause,
            N_("The two entries are not of the same name and birthday."),
            N_("Correct the wrong one first, with its reason."),
        )
    if months:
        yield Breach(
            clause,
            N_("Both have signed papers in %(months)s."),
            N_("They may be two people. Leave both entries as they are."),
            {"months": [month_words(month) for month in sorted(months)]},
        )
    if open_twice:
        yield Breach(
            clause,
            N_("Both have an open plan in %(semesters)s."),
            N_("End or withdraw one of the two plans first."),
            {"semesters": sorted(open_twice)},
        )
    if not read_text(reason):
        yield Breach(
            clause,
            N_("It is not said why the entries are merged."),
            N_("Say in a few words how you know that it is one."),
            field="reason",
        )


@rule("TG-4")
def no_meetings_at_once(*, days: Collection[date]) -> Iterator[Finding]:
    """[TG-4] Two meetings at one time were held by two people."""
    if days:
        yield Breach(
            "TG-4",
            N_("Meetings of the two overlap on %(days)s."),
            N_("Have the wrong meeting corrected first."),
            {"days": sorted(days)},
        )


@rule("TG-3", "TG-5")
def limits_after_merging(
    *, learners: Collection[tuple[str, int]] = (), hours: Collection[tuple[date, int]] = (), day: date
) -> Iterator[Finding]:
    """[TG-3] [TG-5] Counted together, limits may turn out to have been passed; what was held stays and is told.

    `learners`: how many a mentor has, by semester; `hours`: how many a learner has, by month.
    """
    most = whole("learners_per_mentor", day)
    over = sorted(label for label, count in learners if count > most)
    if over:
        yield Caution(
            "TG-3",
            N_("Together the entries have more than %(most)s learners in %(semesters)s."),
            N_("The mentor takes no further learner in that semester."),
            {"most": most, "semesters": over},
        )
    ceiling = whole("learner_hours_per_month", day)
    months = sorted(month for month, count in hours if count > ceiling)
    if months:
        yield Caution(
            "TG-5",
            N_("Together the entries have more than %(most)s hours in %(months)s."),
            N_("Look at these months before they are paid."),
            {"most": ceiling, "months": [month_words(month) for month in months]},
        )
