"""What a mentor proposes for their own entry, the target of a training round, the first talk (REG-1, REG-3, MEN-10)."""

from collections.abc import Collection, Hashable, Iterator
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.mentor import MOST
from celabiedrs.rules.parameters import whole
from celabiedrs.rules.reading import read_day, read_integer, read_text

AGREED = "agreed"
OUTCOMES = (AGREED, "declined", "no_answer")


@rule("REG-1", "TG-3")
def change_proposed(
    *,
    takes_up_to: object,
    municipalities: Collection[object],
    unknown_municipalities: Collection[object] = (),
    today: date,
) -> Iterator[Finding]:
    """[REG-1] [TG-3] A mentor serves at least one municipality, and takes no more learners than the limit.

    `takes_up_to`: "" where no wish is spoken.
    """
    limit = whole("learners_per_mentor", today)
    wish = read_integer(takes_up_to)
    if read_text(takes_up_to) and (wish is None or not 0 <= wish <= limit):
        yield Breach(
            "TG-3",
            N_("A mentor supports up to %(limit)s learners in a semester."),
            N_("Choose a number from 0 to %(limit)s, or leave it open."),
            {"limit": limit},
            field="takes_up_to",
        )
    if not municipalities or unknown_municipalities:
        yield Breach(
            "REG-1",
            N_("The registry lists for each mentor the municipalities served."),
            N_("Choose at least one municipality from the list."),
            field="municipalities",
        )


@rule("REG-1")
def change_open(*, state: str) -> Iterator[Finding]:
    """[REG-1] A proposed change is answered once."""
    if state != "proposed":
        yield Breach(
            "REG-1",
            N_("This proposal has its answer already, or the mentor has replaced it by a newer one."),
            N_("Look at the mentor's page again."),
        )


@rule("REG-1")
def change_declined(*, answer: object) -> Iterator[Finding]:
    """[REG-1] A mentor is told why a proposed change was not taken over."""
    if not read_text(answer):
        yield Breach(
            "REG-1",
            N_("The answer to the mentor is missing."),
            N_("Say in a few words why not."),
            field="answer",
        )


@rule("MEN-10")
def round_target(*, number: object, target: object, today: date) -> Iterator[Finding]:
    """[MEN-10] A training round has its number and a target of at least as many mentors as the project sets."""
    least = whole("training_round_mentors", today)
    read = read_integer(number)
    if read is None or not 1 <= read <= MOST:
        yield Breach(
            "MEN-10",
            N_("The number of the training round is missing."),
            N_("Enter 1, 2, 3 or later."),
            field="number",
        )
    aim = read_integer(target)
    if aim is None or not least <= aim <= MOST:
        yield Breach(
            "MEN-10",
            N_("The target of a training round is a whole number, %(least)s or more."),
            N_("Enter how many mentors this round is to bring."),
            {"least": least},
            field="target",
        )


@rule("REG-3")
def first_talk(*, held_on: object, outcome: object, hours_offered: object, today: date) -> Iterator[Finding]:
    """[REG-3] A first talk has its day and its outcome; who agreed may say how many hours a month."""
    read = read_day(held_on)
    if read is None or read > today:
        yield Breach(
            "REG-3",
            N_("The day of the talk is missing or lies in the future."),
            N_("Enter the day on which you spoke, or tried to."),
            field="held_on",
        )
    if outcome not in OUTCOMES:
        yield Breach(
            "REG-3",
            N_("The outcome of the talk is missing."),
            N_("Choose whether the mentor agreed, refused or did not answer."),
            field="outcome",
        )
    most = whole("learners_per_mentor", today) * whole("learner_hours_per_month", today)
    hours = read_integer(hours_offered)
    if read_text(hours_offered) and (hours is None or not 1 <= hours <= most):
        yield Breach(
            "REG-3",
            N_("The hours offered are whole hours a month, 1 to %(most)s."),
            N_("Correct the number, or leave it empty."),
            {"most": most},
            field="hours_offered",
        )


@rule("REG-1")
def address_free(*, right: bool, taken: bool) -> Iterator[Finding]:
    """[REG-1] A mentor's address is one that can be, and nobody else's; it may be left empty."""
    if not right:
        yield Breach(
            "REG-1",
            N_("The e-mail address is not complete."),
            N_("Correct it or leave it empty."),
            field="email",
        )
    elif taken:
        yield Breach(
            "REG-1",
            N_("Another account has this e-mail address."),
            N_("Compare it with the mentor's papers; one person is entered once."),
            field="email",
        )


SAME_PERSON = N_("Somebody of the same name and birthday is in the registry already.")
SAME_PERSON_IN_TABLE = N_("The same name and birthday as in row %(rows)s.")


@rule("REG-1")
def same_person(*, known: bool) -> Iterator[Finding]:
    """[REG-1] Who is in the registry already is found again by name and birthday (decision 0057)."""
    if known:
        yield Caution(
            "REG-1", SAME_PERSON, N_("Compare the papers; one person is entered once."), field="name"
        )


@rule("REG-1")
def phone_written(*, phone: object) -> Iterator[Finding]:
    """[REG-1] A phone number without eight digits, or with letters, was spoiled by a spreadsheet or mistyped."""
    text = read_text(phone)
    digits = sum(sign.isdigit() for sign in text)
    if text and (digits < 8 or any(sign.isalpha() for sign in text)):
        yield Caution(
            "REG-1",
            N_("The phone number does not look like one: “%(cell)s”."),
            N_("Compare it with the mentor's papers."),
            {"cell": text},
            field="phone",
        )


@rule("REG-1", "MEN-6")
def doubles_in_table(
    *, number: Collection[int] = (), person: Collection[int] = (), address: Collection[int] = ()
) -> Iterator[Finding]:
    """[REG-1] [MEN-6] Rows of one table that share a certificate's number or an address are refused: which of them is
    right only the paper tells. The same name and birthday is asked about: it may be two people."""
    if number:
        yield Breach(
            "MEN-6",
            N_("The same certificate number as in row %(rows)s."),
            N_("Compare the number with the paper."),
            {"rows": sorted(number)},
        )
    if address:
        yield Breach(
            "REG-1",
            N_("The same e-mail address as in row %(rows)s."),
            N_("Each person signs in with an address of their own; correct it or leave it empty."),
            {"rows": sorted(address)},
        )
    if person:
        yield Caution(
            "REG-1",
            SAME_PERSON_IN_TABLE,
            N_("Delete one of the rows, or tick that they are two people."),
            {"rows": sorted(person)},
        )


@rule("REG-1")
def address_of_table(*, typed: str, used: str) -> Iterator[Finding]:
    """[REG-1] What stands in the cell of the address and is not used, is said."""
    if not typed:
        return
    if not used:
        yield Caution(
            "REG-1",
            N_(
                "No e-mail address that letters can be sent to: “%(cell)s”. The mentor is entered without one."
            ),
            N_("Enter the address later, before the first sign-in."),
            {"cell": typed},
        )
    elif any(sign in typed for sign in ";, "):
        yield Caution(
            "REG-1",
            N_("Of several e-mail addresses the first is used: “%(cell)s”."),
            N_("A mentor signs in with one address."),
            {"cell": typed},
        )


@rule("REG-1")
def row_of_a_person(*, first: str, total: bool) -> Iterator[Finding]:
    """[REG-1] A row of totals is no mentor."""
    if total:
        yield Breach(
            "REG-1",
            N_("This row is a total and no person: “%(cell)s”."),
            N_("Delete the row."),
            {"cell": first},
        )


@rule("REG-1")
def unreadable_cells(*, cells: Collection[str]) -> Iterator[Finding]:
    """[REG-1] A cell in which a spreadsheet says that it could not work something out holds nothing to be entered."""
    for cell in sorted(cells):
        yield Breach(
            "REG-1", N_("A cell cannot be read: “%(cell)s”."), N_("Write what is meant."), {"cell": cell}
        )


@rule("MEN-9")
def not_from_the_school(
    *, works_at: Collection[Hashable], learner_institution: Hashable
) -> Iterator[Finding]:
    """[MEN-9] A mentor from outside the learner's school is recommended; one who works there is warned."""
    if learner_institution in works_at:
        yield Caution(
            "MEN-9",
            N_("This mentor works at the learner's school; a mentor from outside it is recommended."),
            N_("Choose another mentor, or say why this one."),
        )
