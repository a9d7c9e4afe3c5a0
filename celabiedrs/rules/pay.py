"""Pay: the rate of the day, hours times rate to the cent, and its parts (PAY-*). Decimal and Fraction
only."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from celabiedrs.rules.breach import N_, Breach, Caution, Finding, rule
from celabiedrs.rules.calendar import month_end
from celabiedrs.rules.parameters import share, whole
from celabiedrs.rules.reading import month_words, read_day, read_money, read_month

CENT = Decimal("0.01")
VSAOI_CLASSES = ("employee", "pension_age", "special_pension")


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """Full cost of one academic hour, from `since` until the day before the next rate."""

    since: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Parts:
    """What an amount is made of; the three always sum to it to the cent."""

    wage: Decimal
    holiday: Decimal
    vsaoi: Decimal

    @property
    def amount(self) -> Decimal:
        """The sum of the parts."""
        return self.wage + self.holiday + self.vsaoi


def rate_on(rates: Iterable[Rate], day: date) -> Rate | None:
    """The rate that a day picks (PAY-3): the latest one that began by then; None where there is none
    (PAY-1)."""
    return max((rate for rate in rates if rate.since <= day), default=None)


def split(amount: Decimal, *, holiday_share: Decimal, vsaoi: Decimal) -> Parts:
    """The parts of an amount (PAY-2): wage = amount / ((1 + holiday share) × (1 + VSAOI)); cents go by
    largest remainder, so the parts sum to the amount. Equal remainders: wage first, then holiday."""
    cents = Fraction(amount) * 100
    if cents.denominator != 1:
        raise ValueError(f"{amount} is no whole number of cents")
    sign, total = (-1, -cents) if cents < 0 else (1, cents)
    wage = total / ((1 + Fraction(holiday_share)) * (1 + Fraction(vsaoi)))
    holiday = wage * Fraction(holiday_share)
    exact = [wage, holiday, total - wage - holiday]
    parts = [int(part // 1) for part in exact]
    for index in sorted(range(3), key=lambda i: (parts[i] - exact[i], i))[: int(total) - sum(parts)]:
        parts[index] += 1
    euros = [(Decimal(sign * part) / 100).quantize(CENT) for part in parts]
    return Parts(*euros)


def split_for(amount: Decimal, *, vsaoi_class: str, day: date) -> Parts:
    """The parts of an amount for a person's VSAOI class, by the shares in force on a day."""
    if vsaoi_class not in VSAOI_CLASSES:
        raise LookupError(f"no VSAOI class is called {vsaoi_class}")
    return split(amount, holiday_share=share("holiday_share", day), vsaoi=share(f"vsaoi_{vsaoi_class}", day))


@rule("PAY-1", "PAY-3")
def rate_published(
    *, amount: object, since: object, rates: Collection[Rate], last_paid_day: date | None
) -> Iterator[Finding]:
    """[PAY-1] [PAY-3] A rate is an amount above zero from a day on; no two from one day, none for days that
    lie in an approved run; a second one in a year is warned.

    `last_paid_day`: the latest day of a meeting in any approved run, or the last day of its month.
    """
    if read_money(amount) is None:
        yield Breach(
            "PAY-1",
            N_("The rate is an amount above zero with at most two places."),
            N_("Enter euros and cents, for example 11,40."),
            field="amount",
        )
    day = read_day(since)
    if day is None:
        yield Breach(
            "PAY-3",
            N_("The first day of the rate is missing or is no date."),
            N_("Enter it as a date."),
            field="since",
        )
        return
    if any(rate.since == day for rate in rates):
        yield Breach(
            "PAY-3", N_("From %(day)s on there is a rate already."), values={"day": day}, field="since"
        )
    if last_paid_day is not None and day <= last_paid_day:
        yield Breach(
            "PAY-3",
            N_("Days up to %(paid)s lie in an approved pay run; their rate cannot change."),
            N_("The new rate can hold from %(next)s on."),
            {"paid": last_paid_day, "next": last_paid_day + timedelta(days=1)},
            field="since",
        )
    before, read = rate_on(rates, day), read_money(amount)
    limit = whole("rate_change_warning_percent", day)
    if before is not None and read is not None and abs(read - before.amount) * 100 > before.amount * limit:
        yield Caution(
            "PAY-1",
            N_(
                "The rate before is %(before)s, this one %(after)s: they differ by more than %(limit)s per cent."
            ),
            N_("Compare the amount with its source."),
            {"before": before.amount, "after": read, "limit": limit},
        )
    if any(rate.since.year == day.year and rate.since != day for rate in rates):
        yield Caution(
            "PAY-3",
            N_("In %(year)s a rate was published already; it changes once a year."),
            values={"year": day.year},
        )


@rule("PAY-3")
def rate_withdrawn(*, paid: bool) -> Iterator[Finding]:
    """[PAY-3] A rate is taken back only while no approved run has paid by it."""
    if paid:
        yield Breach(
            "PAY-3",
            N_("An approved pay run has paid by this rate; it cannot be taken back."),
            N_("Publish the next rate; paid months are corrected one by one."),
        )


@rule("PAY-1", "PAY-4")
def run_month(*, month: object, today: date) -> Iterator[Finding]:
    """[PAY-1] [PAY-4] A pay run is of one employer and of one month that is over."""
    read = read_month(month)
    if read is not None and today <= month_end(read):
        yield Breach(
            "PAY-4",
            N_("%(month)s is not over yet; pay is for the month before."),
            N_("The run can be prepared after %(until)s."),
            {"month": month_words(read), "until": month_end(read)},
            field="month",
        )
    if read is None:
        yield Breach(
            "PAY-1",
            N_("The month of the pay run is missing or is no month."),
            N_("Enter it, for example 2026-10."),
            field="month",
        )


@rule("PAY-1")
def every_day_has_a_rate(*, unrated_day: date | None) -> Iterator[Finding]:
    """[PAY-1] Without a rate there is no amount, never zero. `unrated_day`: the first payable day
    for which none is known."""
    if unrated_day is not None:
        yield Breach(
            "PAY-1",
            N_("There is no rate for %(day)s, so no amount can be worked out."),
            N_("The programme publishes the rate; then prepare the run again."),
            {"day": unrated_day},
            field="month",
        )


@rule("DUT-1")
def no_own_line(*, own_line: bool) -> Iterator[Finding]:
    """[DUT-1] Nobody approves a pay run with a line of their own in it."""
    if own_line:
        yield Breach(
            "DUT-1",
            N_("This run holds a line of your own; another person approves it."),
            N_("Ask another head, or the education board."),
        )


@rule("PAY-4", "LOG-8")
def payable(*, state: str, others: Collection[str], pay_waits_for: str) -> bool:
    """[PAY-4] [LOG-8] Whether a mentor's timesheet can be paid: verified, and where the programme says so all
    the timesheets of this mentor with this employer in that month as well.

    `state`: of this timesheet; `others`: of the mentor's other timesheets with rows of that month and
    employer. Of a payable timesheet the rows that both have signed are paid.
    """
    if state != "verified":
        return False
    return pay_waits_for == "each_timesheet" or all(other == "verified" for other in others)


@rule("PAY-4")
def waiting(*, waits: Mapping[str, int]) -> Iterator[Finding]:
    """[PAY-4] Anyone who prepares a run is told how many timesheets it leaves out, by their state."""
    count = sum(waits.values())
    if count:
        yield Caution(
            "PAY-4",
            N_("Timesheets that are not verified and wait for a later run: %(count)s."),
            N_("Prepare the run again when they are verified."),
            {"count": count},
        )


@rule("DUT-1")
def not_who_prepared(*, prepared: bool) -> Iterator[Finding]:
    """[DUT-1] Who prepared a pay run does not approve it."""
    if prepared:
        yield Breach(
            "DUT-1",
            N_("Who prepared a run does not approve it."),
            N_("Another head, or the education board, approves it."),
        )


@rule("PAY-2")
def vsaoi_class(*, kind: object, since: object) -> Iterator[Finding]:
    """[PAY-2] A person is counted by one of the known classes of social insurance, from a day on."""
    if kind not in VSAOI_CLASSES:
        yield Breach(
            "PAY-2",
            N_("The class of social insurance is missing or is none of the known ones."),
            field="kind",
        )
    if read_day(since) is None:
        yield Breach(
            "PAY-2",
            N_("The day from which the class holds is missing or is no date."),
            N_("Enter it as a date."),
            field="since",
        )
