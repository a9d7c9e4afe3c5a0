"""Every story of the project's own files, and of the shared ones where that folder lies beside the project."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from celabiedrs.places.actions import load_calendar
from rehearsal.management.commands.scenarios import gather
from rehearsal.stories.files import Story, Unreadable
from rehearsal.stories.story import Failed, run

HERE = Path(__file__).parent
BESIDE = HERE.parents[2] / "shared" / "scenarios"
OWN = list(gather([HERE]))
SHARED = list(gather([BESIDE])) if BESIDE.is_dir() else []


def names(told: list[tuple[Path, Story | Unreadable, Mapping[str, Any]]]) -> list[str]:
    return [f"{path.stem}: {story.name if isinstance(story, Story) else story}" for path, story, _ in told]


@pytest.fixture(autouse=True)
def _calendar(db: None) -> None:
    load_calendar()


def play(story: Story | Unreadable, cast: Mapping[str, Any]) -> None:
    assert isinstance(story, Story), str(story)
    try:
        run(story, cast)
    except Failed as failure:
        pytest.fail(str(failure), pytrace=False)


@pytest.mark.get_may_write("outbox_message")
@pytest.mark.parametrize(("path", "story", "cast"), OWN, ids=names(OWN))
def test_our_own_story_comes_out_as_written(path: Path, story: Story, cast: Mapping[str, Any]) -> None:
    play(story, cast)


@pytest.mark.skipif(not SHARED, reason="the folder of shared scenarios is not beside the project")
@pytest.mark.get_may_write("outbox_message")
@pytest.mark.parametrize(("path", "story", "cast"), SHARED, ids=names(SHARED))
def test_a_shared_story_comes_out_as_written(path: Path, story: Story, cast: Mapping[str, Any]) -> None:
    play(story, cast)


WRONG = (
    ("ok where a refusal was expected", {"then": {"refused": ["TG-5"]}}, "came ok"),
    ("a refusal where ok was expected", {"hours": "1,5"}, "came refused"),
    ("another clause than the one named", {"hours": "1,5", "then": {"refused": ["TG-5"]}}, "LOG-5"),
    ("a warning that is not given", {"then": {"warned": ["LOG-1"]}}, "warned"),
    (
        "not found where it is not allowed",
        {"by": "v_preparer", "then": {"not_found": True}},
        "came not_allowed",
    ),
    ("another state", {"then": {"wrong_state": True}}, "came ok"),
)


@pytest.mark.parametrize(("changes", "said"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_story_that_comes_out_otherwise_fails(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    step = {
        "at": "2026-10-05 18:00",
        "by": "marta",
        "do": "record_meeting",
        "plan": "iap",
        "day": "2026-10-05",
        "start": "15:00",
        "hours": 2,
        "topic": "Saruna",
        **changes,
    }
    (tmp_path / "one.yaml").write_text(
        yaml.safe_dump([{"scenario": "s", "steps": [step]}], allow_unicode=True)
    )
    ((_, story, cast),) = gather([tmp_path / "one.yaml"], HERE / "cast.yaml")
    with pytest.raises(Failed, match=said):
        run(story, cast)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- scenario: s\n  steps:\n    - {by: marta, do: look, do: look}\n", "“do” stands there twice"),
        ("- scenario: s\n  steps:\n    - {by: marta, do: fly}\n", "step 1: there is no act “fly”"),
        (
            "- scenario: s\n  steps:\n    - {by: marta, do: submit_plan, day: 1}\n",
            "submit_plan takes no “day”",
        ),
        ("- scenario: s\n  steps:\n    - {by: marta, do: submit_plan, then: {refusd: [x]}}\n", "no “refusd”"),
        ("- scenario: s\n  steps: []\n", "no steps"),
        ("- scenario: [s\n", "line 2: it is no YAML"),
        ("- steps: []\n", "item 1"),
        ("- scenario: s\n  steps:\n    - {by: marta, do: look, what: moon}\n", "moon"),
        ("- scenario: s\n  steps:\n    - {at: noon, by: marta, do: submit_plan}\n", "noon"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(text)
    ((_, unreadable, _),) = gather([tmp_path / "one.yaml"], HERE / "cast.yaml")
    assert isinstance(unreadable, Unreadable)
    assert said in str(unreadable)


def test_the_runner_leaves_the_settings_as_they_were() -> None:
    assert Path(settings.DATA).is_dir()
