"""The canary: a supervisor walks every page that there is for one, and meets no learner."""

import pytest

from celabiedrs.supervision.actions import send_theme
from celabiedrs.supervision.reading.candidates import Candidate
from celabiedrs.supervision.tests.steps import FIRST, at_near_school, composed, nominated
from rehearsal.stories.pages import everything
from tests.cast import at
from tests.cast.programme import Cast

LEARNERS = ("Bērziņš", "Jānis", "Pēteris")


def met_by_supervisor(cast: Cast) -> str:
    session = composed(cast)
    nominated(cast, session, at_near_school(cast), by=cast.near_responsible)
    with at(FIRST):
        send_theme(by=cast.ilze.user, session=session, text="Kā runāt par kavējumiem?")
        return everything(cast.supervisor, list(LEARNERS))


@pytest.mark.slow
def test_no_page_of_a_supervisor_holds_a_learner(cast: Cast) -> None:
    met = met_by_supervisor(cast)
    for reached in ("Ilze Kalniņa", "Maija Liepa", "Kā runāt par kavējumiem?", "Priežu pamatskola"):
        assert reached in met, reached  # the walk got as far as the group and its themes
    for learner in LEARNERS:
        assert learner not in met
    assert "8. klase" not in met


@pytest.mark.slow
def test_a_page_that_shows_one_is_caught(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: were the mentor's learner shown beside the mentor, the walk would find the name."""

    shown = property(lambda self: [self.mentor.assignments.order_by("pk")[0].plan.learner])
    monkeypatch.setattr(Candidate, "others", shown)
    assert "Jānis Bērziņš" in met_by_supervisor(cast)
