"""What the programme itself enters: the school year, its settings, its contacts, accounts and posts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from celabiedrs.rules.breach import N_, Breach, Finding, rule
from celabiedrs.rules.calendar import ClassGroup, Semester, parse_label, school_year_of
from celabiedrs.rules.parameters import parameters
from celabiedrs.rules.reading import read_day, read_text
from celabiedrs.rules.values import read_value

ALLOWED: Mapping[str, tuple[object, ...]] = {
    "six_learners_count": ("cumulative", "concurrent"),
    "pay_waits_for": ("all_timesheets", "each_timesheet"),
    "notes_enabled": (True, False),
}
MEANS = ("device", "paper")
SETTINGS = (
    "signature_means",
    "six_learners_count",
    "pay_waits_for",
    "suitability_valid_months",
    "notes_enabled",
)
GROUPS = (ClassGroup.GENERAL, ClassGroup.CLASS_9, ClassGroup.CLASS_12)
BREAKS = ("autumn", "winter", "spring", "summer")


@dataclass(frozen=True, slots=True)
class Dates:
    """Two days as they were typed: of a semester of a class group, or of holidays; `field`: where they were."""

    since: object
    until: object
    field: str = "since"

    def read(self) -> tuple[date | None, date | None]:
        return read_day(self.since), read_day(self.until)


@rule("CAL-1")
def source_named(*, source: object) -> Iterator[Finding]:
    """[CAL-1] Dates of the calendar come from a regulation, and it is named."""
    if not read_text(source):
        yield Breach(
            "CAL-1",
            N_("It is not said where these dates are from."),
            N_("Name the Cabinet regulation with its day and number."),
            field="source",
        )


@rule("CAL-1")
def semester_dates(*, year: str, number: int, dates: Dates, others: Iterable[Semester]) -> Iterator[Finding]:
    """[CAL-1] A semester has a first and a later last day, lies in its school year and overlaps no other of its
    class group."""
    since, until = dates.read()
    if since is None or until is None or until <= since:
        yield Breach(
            "CAL-1",
            N_("Semester %(number)s needs a first day and a later last day."),
            N_("Correct the two days."),
            {"number": number},
            field=dates.field,
        )
        return
    if {school_year_of(since), school_year_of(until)} != {year}:
        yield Breach(
            "CAL-1",
            N_("These days do not lie in the school year %(year)s."),
            N_("Correct the days."),
            {"year": year},
            field=dates.field,
        )
    for other in others:
        if (other.year, other.number) != (year, number) and since <= other.until and other.since <= until:
            yield Breach(
                "CAL-1",
                N_("These days overlap semester %(label)s, %(since)s to %(until)s."),
                N_("Correct the days."),
                {"label": f"{other.year}-{other.number}", "since": other.since, "until": other.until},
                field=dates.field,
            )


@rule("CAL-1")
def new_school_year(
    *, year: object, known: Collection[str], source: object, semesters: Mapping[tuple[int, ClassGroup], Dates]
) -> Iterator[Finding]:
    """[CAL-1] A school year is entered once, whole, with its source; its first semester ends before the second
    begins."""
    name = read_text(year)
    if parse_label(f"{name}-1") is None:
        yield Breach(
            "CAL-1", N_("The school year is missing."), N_("Write it like this: 2027/28."), field="year"
        )
        return
    if name in known:
        yield Breach(
            "CAL-1",
            N_("The school year %(year)s is entered already."),
            N_("Correct its dates one by one."),
            {"year": name},
            field="year",
        )
    yield from source_named(source=source)
    for (number, group), dates in semesters.items():
        first, last = semesters[1, group].read()
        one = (
            [Semester(name, 1, group, first, last)]
            if number == 2 and first and last and first <= last
            else []
        )
        yield from semester_dates(year=name, number=number, dates=dates, others=one)


@rule("CAL-1")
def correction(*, reason: object, source: object) -> Iterator[Finding]:
    """[CAL-1] A date that was entered is corrected with a reason, and with the source of the right one."""
    yield from source_named(source=source)
    if not read_text(reason):
        yield Breach(
            "CAL-1",
            N_("It is not said why the date is corrected."),
            N_("Say in a few words what was wrong."),
            field="reason",
        )


@rule("CAL-3")
def break_dates(*, kind: object, dates: Dates, year: str, required: bool = True) -> Iterator[Finding]:
    """[CAL-3] Holidays have a first and a last day within the school year or the summer after it."""
    since, until = dates.read()
    if not required and not read_text(dates.since) and not read_text(dates.until):
        return
    if kind not in BREAKS or since is None or until is None or until < since:
        yield Breach(
            "CAL-3",
            N_("Holidays need a first day and a last day that is not before it."),
            N_("Correct the two days."),
            field=dates.field,
        )
    elif not date(int(year[:4]), 9, 1) <= since <= until <= date(int(year[:4]) + 1, 8, 31):
        yield Breach(
            "CAL-3",
            N_("These days do not lie in the school year %(year)s."),
            N_("Correct the days."),
            {"year": year},
            field=dates.field,
        )


def setting_value(name: str, raw: object) -> object | None:
    """The value that was typed or chosen for a setting; None for one that it cannot have."""
    if name == "signature_means":
        chosen = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, Sequence) else []
        return [means for means in MEANS if means in chosen] if chosen and set(chosen) <= set(MEANS) else None
    if name not in ALLOWED or name == "notes_enabled":
        return read_value(name, raw)
    return (
        raw
        if any(raw is one or (isinstance(raw, str) and raw == one) for one in ALLOWED.get(name, ()))
        else None
    )


@rule("GEN-3", "LOG-7", "TG-3", "PAY-4", "MEN-5", "CNF-1")
def setting(*, name: object, value: object, since: object, today: date) -> Iterator[Finding]:
    """[GEN-3] [LOG-7] [TG-3] [PAY-4] [MEN-5] [CNF-1] The programme gives a number or a choice a new value within what
    is sane, from today or a later day on; what held on days that are over stays."""
    if not isinstance(name, str) or name not in parameters():
        yield Breach(
            "GEN-3",
            N_("No value of the programme has this name."),
            N_("Choose one of the values listed."),
            field="name",
        )
        return
    clause = parameters()[name].clause
    if setting_value(name, value) is None:
        yield Breach(
            clause,
            N_("This setting cannot have such a value."),
            N_("Choose one of the values offered."),
            field="value",
        )
        yield Breach(
            "GEN-3",
            N_("A value of the rules is changed only within what is sane."),
            N_("Enter a value of the kind that is in force."),
            field="value",
        )
    day = read_day(since)
    if day is None:
        yield Breach(
            "GEN-3",
            N_("It is not said from which day the setting holds."),
            N_("Enter the day."),
            field="since",
        )
    elif day < today:
        yield Breach(
            "GEN-3",
            N_("A setting cannot be changed for days that are over."),
            N_("Enter today or a later day."),
            field="since",
        )


@rule("CTC-1")
def regional_contact(*, name: object, email: object, phone: object, municipalities: int) -> Iterator[Finding]:
    """[CTC-1] A contact has a name, a way to be reached and municipalities."""
    if not read_text(name):
        yield Breach("CTC-1", N_("The contact has no name."), N_("Enter the name."), field="name")
    if not read_text(email) and not read_text(phone):
        yield Breach(
            "CTC-1",
            N_("The contact cannot be reached."),
            N_("Enter an e-mail address or a telephone number."),
            field="email",
        )
    if municipalities < 1:
        yield Breach(
            "CTC-1",
            N_("The contact has no municipality."),
            N_("Choose at least one municipality."),
            field="municipalities",
        )


@rule("REG-1")
def municipality(
    *, code: object, name: object, region: bool, code_taken: bool, since: object, until: object
) -> Iterator[Finding]:
    """[REG-1] A municipality has its own code, a name and a region, and does not end before it begins."""
    if not read_text(code) or not read_text(code).isdigit() or len(read_text(code)) > 12:
        yield Breach(
            "REG-1",
            N_("The code of the municipality is missing."),
            N_("Enter its number in the register."),
            field="code",
        )
    elif code_taken:
        yield Breach(
            "REG-1",
            N_("A municipality with this code is entered already."),
            N_("Open it in the list."),
            field="code",
        )
    if not read_text(name):
        yield Breach("REG-1", N_("The municipality has no name."), N_("Enter the name."), field="name")
    if not region:
        yield Breach(
            "REG-1", N_("The region of the project is missing."), N_("Choose the region."), field="region"
        )
    yield from _validity(since, until)


@rule("CTC-1")
def region(*, name: object) -> Iterator[Finding]:
    """[CTC-1] A region of the project has a name."""
    if not read_text(name):
        yield Breach("CTC-1", N_("The region has no name."), N_("Enter the name."), field="name")


def _validity(since: object, until: object) -> Iterator[Finding]:
    first, last = read_day(since), read_day(until)
    for typed, day in ((since, first), (until, last)):
        if day is None and not (typed is None or typed == ""):
            yield Breach(
                "REG-1",
                N_("This is no day of the calendar."),
                N_("Enter the day like this: 12.10.2026."),
                field="until",
            )
    if first and last and last < first:
        yield Breach("REG-1", N_("It would end before it began."), N_("Correct the two days."), field="until")


@rule("CON-3")
def institution(
    *,
    name: object,
    kind: object,
    kinds: Collection[str],
    place: bool,
    same_name: bool,
    another: bool = False,
) -> Iterator[Finding]:
    """[CON-3] An institution has a name, a kind and a municipality; it is entered once, unless it is said that one of
    the same name there is another one."""
    if not read_text(name):
        yield Breach("CON-3", N_("The institution has no name."), N_("Enter the name."), field="name")
    if kind not in kinds:
        yield Breach(
            "CON-3", N_("The kind of the institution is missing."), N_("Choose the kind."), field="kind"
        )
    if not place:
        yield Breach(
            "CON-3", N_("The municipality is missing."), N_("Choose the municipality."), field="municipality"
        )
    if same_name and not another:
        yield Breach(
            "CON-3",
            N_("An institution of this name is entered in this municipality already."),
            N_("Open it in the list; or say that this is another one."),
            field="another",
        )


@rule("CON-3")
def institution_closed(*, day: object, open_plans: int, today: date) -> Iterator[Finding]:
    """[CON-3] An institution is closed with a last day, when no plan is open there any more."""
    if read_day(day) is None:
        yield Breach("CON-3", N_("The last day is missing."), N_("Enter the last day."), field="day")
    if open_plans:
        yield Breach(
            "CON-3",
            N_("Open plans at this institution: %(count)s."),
            N_("They end first, or the learners change school."),
            {"count": open_plans},
        )


@rule("CNF-1")
def account_name(*, name: object) -> Iterator[Finding]:
    """[CNF-1] A person who signs in has a name."""
    if not read_text(name):
        yield Breach(
            "CNF-1", N_("The person's name is missing."), N_("Enter the name and surname."), field="name"
        )


@rule("CNF-1")
def account(*, name: object, email: object, taken: bool) -> Iterator[Finding]:
    """[CNF-1] Each person has one account of their own, by one e-mail address."""
    yield from account_name(name=name)
    if "@" not in read_text(email):
        yield Breach(
            "CNF-1",
            N_("The e-mail address is missing."),
            N_("Enter the person's own e-mail address."),
            field="email",
        )
    elif taken:
        yield Breach(
            "CNF-1",
            N_("Somebody signs in with this e-mail address already."),
            N_("Look for the person in the list and give the post there."),
            field="email",
        )


@rule("CNF-1")
def switched_off(*, own: bool) -> Iterator[Finding]:
    """[CNF-1] Nobody switches their own account off: somebody has to be left who can switch it on again."""
    if own:
        yield Breach(
            "CNF-1",
            N_("The own account cannot be switched off."),
            N_("Another programme administrator can do it."),
        )


def following_year(known: Iterable[str]) -> str:
    """The school year after the last known one: 2027/28."""
    last = max(known, default="2024/25")
    begins = int(last[:4]) + 1
    return f"{begins}/{(begins + 1) % 100:02}"
