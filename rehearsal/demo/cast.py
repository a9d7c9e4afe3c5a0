"""Who plays in the demonstration: places, mentors with their learners, and what becomes of whom."""

from dataclasses import dataclass, field
from datetime import date, datetime

from celabiedrs.places.models import Institution, InstitutionKind
from celabiedrs.plans.models import Learner, SupportPlan
from celabiedrs.registry.models import Mentor

# key: name, kind, municipality
PLACES = {
    "A": ("Ābelkalna pamatskola", InstitutionKind.GENERAL, "Cēsu novads"),
    "B": ("Bērzupes vidusskola", InstitutionKind.GENERAL, "Cēsu novads"),
    "M": ("Mēneslejas vidusskola", InstitutionKind.GENERAL, "Valmieras novads"),
    "Z": ("Zilupītes tehnikums", InstitutionKind.VOCATIONAL, "Valmieras novads"),
    "V": ("Vilkupītes pamatskola", InstitutionKind.GENERAL, "Smiltenes novads"),
    "D": ("Dzintargala pamatskola", InstitutionKind.GENERAL, "Kuldīgas novads"),
    "J": ("Vējmalas vidusskola", InstitutionKind.GENERAL, "Kuldīgas novads"),
    "O": ("Ozolsētas amatu skola", InstitutionKind.VOCATIONAL, "Talsu novads"),
    "P": ("Ābelkalna izglītības pārvalde", InstitutionKind.EDUCATION_BOARD, "Cēsu novads"),
    "R": ("Vilkupītes izglītības pārvalde", InstitutionKind.EDUCATION_BOARD, "Smiltenes novads"),
    "Y": ("Jauniešu centrs “Pūcesspieķis”", InstitutionKind.YOUTH_CENTRE, "Kuldīgas novads"),
}
SCHOOL_KEYS = "ABMZVDJO"
EMPLOYER_KEYS = "PMZRYO"

# The number of a mentor: employer, the schools of the learners, and what became of the month before the last
MENTORS = {
    1: ("P", "AAABBB", "verified"), 2: ("P", "AAA", "verified"), 3: ("P", "BBB", "verified"),
    4: ("P", "AAB", "submitted"), 5: ("P", "ABB", "submitted"), 6: ("P", "A", "open"),
    7: ("M", "MMM", "submitted"), 8: ("M", "MMM", "submitted"), 9: ("M", "MMZ", "verified"),
    10: ("Z", "ZZZ", "submitted"), 11: ("Z", "ZZZ", "returned"), 12: ("Z", "ZZ", "verified"),
    13: ("R", "VVV", "verified"), 14: ("R", "VVV", "submitted"),
    15: ("Y", "DDD", "verified"), 16: ("Y", "DDJ", "verified"), 17: ("Y", "JJJ", "verified"),
    18: ("Y", "JJJ", "verified"),
    19: ("O", "OOO", "open"), 20: ("O", "OO", "submitted"),
}  # fmt: skip
DRAFTED_AT = "AJOZ"  # learners for whom no mentor has been found yet
ON_PAPER = (5, 12, 18)
CHECKS_RUN_OUT = (2, 8, 16)
COACH = 9
WORKS_AT_SCHOOL = 12

# (mentor, learner counted from 0): what becomes of the plan of the semester that runs now
FATES = {
    (2, 2): "amended", (3, 2): "suspended", (13, 2): "suspended", (5, 2): "ended_early", (16, 2): "finished_well",
    (8, 2): "submitted", (14, 2): "submitted", (20, 1): "submitted", (9, 2): "returned", (11, 2): "returned",
    (17, 2): "withdrawn", (4, 2): "handed_over",
}  # fmt: skip
FOLLOWER = 6
"""Who takes the learner over from mentor 4."""
BEFORE_SUPPORT = ("draft", "submitted", "returned", "withdrawn")

# (mentor, learner, months before the last, meeting counted from the end): what was odd about the meeting
ODD_ROWS = {
    (1, 1, 1, 2): "absent", (3, 0, 2, 2): "cancelled", (7, 0, 1, 1): "unsigned", (2, 1, 1, 2): "changed",
    (8, 0, 1, 1): "changed", (13, 0, 1, 2): "voided", (19, 0, 1, 1): "disputed", (19, 1, 1, 1): "unsigned",
    (4, 0, 1, 1): "unsigned", (4, 1, 1, 2): "changed",
    (6, 0, 1, 1): "half_signed", (6, 0, 1, 2): "changed_unsigned", (11, 0, 1, 1): "unsigned",
    (1, 0, 0, 1): "unsigned", (1, 2, 0, 1): "half_signed", (10, 1, 0, 1): "disputed", (15, 0, 0, 2): "absent",
    (10, 0, 2, -1): "late",
}  # fmt: skip
LATE_BY_DAYS = 33


@dataclass
class Track:
    """One learner on the way: with whom, how often, under which plans."""

    name: str
    learner: Learner
    school: str
    mentor: int | None
    number: int = 0
    fate: str = "active"
    hours: int = 8
    plans: dict[str, int] = field(default_factory=dict)
    follower_from: datetime | None = None
    _read: dict[str, SupportPlan] = field(default_factory=dict)

    def plan(self, label: str) -> SupportPlan:
        """The plan of a semester as it stands now."""
        return SupportPlan.objects.select_related("learner", "institution__municipality").get(
            pk=self.plans[label]
        )

    def plan_as_read(self, label: str) -> SupportPlan:
        """The same, read once: for acts that read it again under their lock."""
        if label not in self._read:
            self._read[label] = self.plan(label)
        return self._read[label]

    def mentor_at(self, moment: datetime) -> int | None:
        return FOLLOWER if self.follower_from and moment >= self.follower_from else self.mentor

    @property
    def size(self) -> int:
        """Academic hours of an ordinary meeting."""
        return {8: 2, 10: 2, 12: 3}.get(self.hours, 4)

    def key(self) -> tuple[int, int]:
        return (self.mentor or 0, self.number)


@dataclass
class Cast:
    """Everybody, once they are there."""

    places: dict[str, Institution] = field(default_factory=dict)
    posts: dict[tuple[str, str], int] = field(default_factory=dict)
    mentors: dict[int, Mentor] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)
    begins_on: date = date.min
    second: int = 0
    """The administrator who agrees to what the first one proposes."""

    def tracks_of(self, *, mentor: int) -> list[Track]:
        return [track for track in self.tracks if track.mentor == mentor]
