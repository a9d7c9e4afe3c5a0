"""Names and birthdays that were entered wrongly, or have changed, and the person who is in the records twice (REG-1,
GEN-2, decision 0057)."""

from collections.abc import Collection, Iterator

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.reading import read_text


@rule("GEN-2", "REG-1", "CNF-1")
def correction(*, clause: str, given: Collection[str], reason: object) -> Iterator[Finding]:
    """[GEN-2] [REG-1] [CNF-1] A name, a birthday or an address is corrected with a reason. `given`: what."""
    if not read_text(reason):
        yield Breach(
            clause,
            N_("It is not said why this is corrected."),
            N_("Say in a few words what was wrong or what has changed."),
            field="reason",
        )
    if not given:
        yield Breach(
            clause, N_("Nothing is corrected."), N_("Change the name or the day of birth."), field="name"
        )


@rule("GEN-2")
def learner_enrolled_once(*, known: bool, another_person: bool) -> Iterator[Finding]:
    """[GEN-2] A learner is enrolled once, at whatever school: the same words of the name and the same birthday are the
    same learner, unless somebody who has seen both says otherwise (decision 0057)."""
    if known and not another_person:
        yield Breach(
            "GEN-2",
            N_("A learner of this name and birthday is enrolled already."),
            N_(
                "Open that learner, or ask for a transfer; another person of the same name is confirmed as such."
            ),
            field="another",
        )


@rule("GEN-2")
def learner_corrected_into_another(*, known: bool) -> Iterator[Finding]:
    """[GEN-2] Who is corrected to the name and birthday of another entry may be that person."""
    if known:
        yield Caution(
            "GEN-2",
            N_("Another learner has this name and birthday."),
            N_("If it is one person, ask the programme to merge the two entries."),
        )
