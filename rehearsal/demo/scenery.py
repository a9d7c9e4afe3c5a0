"""What every act of the story needs at hand: the agenda of moments, people by their post, papers and signatures."""

import heapq
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from itertools import count, pairwise
from random import Random

from PIL import Image, ImageDraw

from celabiedrs.lib import clock
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.pdf_scan import make_pdf_scan
from celabiedrs.lib.files.storage import store_bytes
from celabiedrs.people.models import Role, User
from celabiedrs.places.facts import programme
from celabiedrs.registry.models import Mentor
from rehearsal.demo.cast import Cast
from rehearsal.demo.days import StoryMonth, semesters

SEED = 2034
Deed = Callable[[], object]
Progress = Callable[[float], None]


class Scenery:
    """The agenda runs each deed with the clock set to its moment; what lies after the story's end is left out."""

    def __init__(self, cast: Cast, now: datetime, months: list[StoryMonth], progress: Progress) -> None:
        self.cast, self.now, self.months, self.progress = cast, now, months, progress
        self.today: date = clock.riga_day(now)
        self.random = Random(SEED)
        self._agenda: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self._people: dict[int, User] = {}
        self._drawings: dict[str, bytes] = {}

    # ------------------------------------------------------------------ the agenda

    def later(self, moment: datetime, deed: Deed) -> None:
        """Put a deed on the agenda; of two at one moment the one that was put first comes first."""
        if moment <= self.now:
            heapq.heappush(self._agenda, (moment, next(self._order), deed))

    def play(self) -> None:
        """Run the agenda in the order of time; deeds may put further ones on it."""
        done = 0
        while self._agenda:
            moment, _, deed = heapq.heappop(self._agenda)
            with clock.at(moment):
                deed()
            done += 1
            self.progress(done / (done + len(self._agenda)))

    # ------------------------------------------------------------------ semesters

    def label_now(self) -> str:
        return self.months[-1].label

    def labels(self) -> list[str]:
        """The semesters in which the story plays, one or two."""
        return list(dict.fromkeys(month.label for month in self.months))

    def first_day_in(self, label: str) -> date:
        """The first day of the story in a semester: the plans begin with it."""
        return next(month.since for month in self.months if month.label == label)

    def plan_ends_on(self, label: str = "") -> date:
        """The last day of a semester of general education."""
        wanted = label or self.label_now()
        return next(p.until for p in semesters(programme().calendar) if p.label == wanted)

    # ------------------------------------------------------------------ people and their papers

    def person(self, pk: int) -> User:
        if pk not in self._people:
            self._people[pk] = User.objects.get(pk=pk)
        return self._people[pk]

    def holder(self, role: Role, where: str) -> User:
        """Who holds a post at a place of the cast."""
        return self.person(self.cast.posts[role, where])

    def expert_of(self, school: str) -> User:
        return self.holder(Role.PROJECT_EXPERT, self.cast.places[school].municipality.region.name)

    def mentor(self, number: int | None) -> Mentor:
        assert number is not None
        return self.cast.mentors[number]

    def paper(self, kind: str, title: str, *, by: User) -> StoredFile:
        """A real PDF in the store, as a scan would be."""
        made = make_pdf_scan(f"{title} (demonstrācija)")
        return store_bytes(made, kind=kind, media_type="application/pdf", name=f"{kind}.pdf", by=by)

    def drawing(self, name: str) -> bytes:
        """A person's signature as it is drawn on the screen, always the same."""
        if name not in self._drawings:
            self._drawings[name] = draw_signature(Random(f"{SEED} {name}"))
        return self._drawings[name]


def draw_signature(random: Random) -> bytes:
    """A PNG of a line that swings across like a hand's."""
    picture = Image.new("RGBA", (480, 160), (255, 255, 255, 0))
    pen, x, y = ImageDraw.Draw(picture), 30.0, 90.0
    points = [(x, y)]
    while x < 430:
        x += random.uniform(4, 22) * (1 if random.random() < 0.88 else -0.8)
        y = min(140.0, max(20.0, 85 + random.uniform(-48, 48) * (1.2 - x / 520)))
        points.append((x, y))
    pen.line(_smooth(points), fill=(20, 32, 60, 255), width=4, joint="curve")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Chaikin's corner cutting, three times."""
    for _ in range(3):
        cut = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            cut += [
                (0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by),
                (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by),
            ]
        points = [*cut, points[-1]]
    return points
