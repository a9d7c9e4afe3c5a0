"""The seven files of a season: read whole and strictly, or refused with file, row, column and what to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from celabiedrs.lib.tables.reading import Row, TableRefused, read_csv
from celabiedrs.places.models import InstitutionKind, Municipality

COLUMNS: dict[str, tuple[str, ...]] = {
    "institutions.csv": ("key", "name", "kind", "municipality_atvk", "municipal"),
    "mentors.csv": (
        "key", "name", "born", "education", "certificate_number", "certificate_issued_on", "certificate_hours",
        "municipalities_atvk", "email", "phone",
    ),
    "contracts.csv": (
        "key", "mentor", "employer", "semesters", "signed_on", "checked_education_law_50_on",
        "checked_child_protection_72_5_on",
    ),
    "learners.csv": ("key", "name", "born", "institution", "class", "course", "results_only", "guardian"),
    "plans.csv": (
        "key", "learner", "semester", "module", "ground", "risks", "hours_per_month", "mentor", "request_applicant",
        "request_signed_on", "agreement_learner_signed_on", "agreement_mentor_signed_on", "submitted_at",
        "approved_at",
    ),
    "meetings.csv": (
        "plan", "on", "start", "hours", "topic", "outcome", "learner_signed", "mentor_signed", "means",
    ),
    "rates.csv": ("amount", "from"),
}  # fmt: skip
REFERENCES = (
    ("contracts.csv", "mentor", "mentors.csv"),
    ("contracts.csv", "employer", "institutions.csv"),
    ("learners.csv", "institution", "institutions.csv"),
    ("plans.csv", "learner", "learners.csv"),
    ("plans.csv", "mentor", "mentors.csv"),
    ("meetings.csv", "plan", "plans.csv"),
)
YES_OR_NO = (
    ("institutions.csv", "municipal"),
    ("learners.csv", "results_only"),
    ("meetings.csv", "learner_signed"),
    ("meetings.csv", "mentor_signed"),
)


class SeasonRefused(Exception):
    """A season that cannot be taken in; the text says which file, row and column, and what to do."""


@dataclass(frozen=True)
class Season:
    """The rows of each file, in its order."""

    rows: Mapping[str, tuple[Row, ...]]

    def of(self, name: str) -> tuple[Row, ...]:
        return self.rows[f"{name}.csv"]


def read_season(folder: Path) -> Season:
    """Read and compare all files before anything is stored. Raises SeasonRefused."""
    if not folder.is_dir():
        raise SeasonRefused(
            f"{folder}: there is no such folder. Name the folder in which the files of the season lie."
        )
    season = Season({name: tuple(_read(folder / name, columns)) for name, columns in COLUMNS.items()})
    for wrong in _wrong(season):
        raise SeasonRefused(wrong)
    return season


def _read(path: Path, columns: tuple[str, ...]) -> Iterable[Row]:
    try:
        return read_csv(path, columns=columns, key="key" if "key" in columns else ())
    except OSError as error:
        raise SeasonRefused(
            f"{path.name}: it cannot be opened ({error.strerror}). "
            f"A season has {len(COLUMNS)} files: {', '.join(COLUMNS)}."
        ) from None
    except TableRefused as refused:
        raise SeasonRefused(f"{_place(path.name, refused.line_no, refused.column)}: {refused}") from None


def _place(name: str, line: int | None, column: str = "") -> str:
    return ", ".join(
        part for part in (name, f"row {line}" if line else "", f"column {column}" if column else "") if part
    )


def _wrong(season: Season) -> Iterator[str]:
    """Each reference that leads nowhere, and each mark that is none."""
    known = {
        name: {row["key"] for row in rows} for name, rows in season.rows.items() if "key" in COLUMNS[name]
    }
    for name, column, other in REFERENCES:
        for row in season.rows[name]:
            if row[column] not in known[other]:
                yield (
                    f"{_place(name, row.line_no, column)}: {other} has no “{row[column]}”. "
                    f"Correct the key, or add the missing row to {other}."
                )
    places = set(Municipality.objects.order_by().values_list("atvk", flat=True))
    for name, column in (("institutions.csv", "municipality_atvk"), ("mentors.csv", "municipalities_atvk")):
        for row in season.rows[name]:
            for code in row[column].split(";"):
                if code.strip() not in places and (code.strip() or name == "institutions.csv"):
                    yield (
                        f"{_place(name, row.line_no, column)}: "
                        f"there is no municipality with the code “{code.strip()}”. "
                        "Compare it with the list of municipalities."
                    )
    for row in season.rows["institutions.csv"]:
        if row["kind"] not in InstitutionKind.values:
            yield (
                f"{_place('institutions.csv', row.line_no, 'kind')}: “{row['kind']}” is no kind of institution. "
                f"Write one of {', '.join(InstitutionKind.values)}."
            )
    for name, column in YES_OR_NO:
        for row in season.rows[name]:
            if row[column] not in ("yes", "no", ""):
                yield (
                    f"{_place(name, row.line_no, column)}: “{row[column]}” is neither yes nor no. "
                    "Write yes, no or nothing."
                )
