"""`lib` knows no word of the domain: code, templates, docstrings, and the messages gathered from it."""

import re

import pytest

from tests.architecture.sources import NOT_TEXT, ROOT, named

LIB = ROOT / "celabiedrs" / "lib"
MESSAGES = ROOT / "celabiedrs" / "locale" / "lv" / "LC_MESSAGES" / "django.po"

WORDS = (
    "plan", "mentor", "learner", "pupil", "meeting", "timesheet", "school", "pay", "payroll", "payable", "salary",
    "contract", "supervision", "supervisor", "expert", "preparer", "semester", "diary", "agreement", "evaluation",
    "safeguarding", "municipality", "employer", "guardian", "curator", "disposal",
)  # fmt: skip
KNOWN = re.compile(rf"(?<![a-z])({'|'.join(WORDS)})(s|ies)?(?![a-z])", re.IGNORECASE)

ERASED = {"disposal": "the chain of events says why a link of it is gone"}
ALLOWED = {
    "celabiedrs/lib/audit/chain.py": ERASED,
    "celabiedrs/lib/audit/models.py": ERASED,
    "celabiedrs/lib/audit/migrations/0004_chain.py": ERASED,
    "celabiedrs/lib/documents/typst/paper.typ": {"pay": "who pays for a paper: the mark of the funds on it"},
    "celabiedrs/lib/look/styleguide.py": {
        "*": "samples on the page of samples: made-up content, which nothing else reads",
    },
    "celabiedrs/lib/watch/checks.py": {"plan": "Django's name for what is left to migrate"},
    "celabiedrs/lib/supervisor.py": {"supervisor": "the process that starts and watches the others"},
}


def domain_words(text: str) -> set[str]:
    """In running text, snake_case and CamelCase alike."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text)
    return {found[0].lower() for found in KNOWN.finditer(parted)}


def lib_words() -> dict[str, set[str]]:
    found = {}
    for path in sorted(LIB.rglob("*")):
        if not path.is_file() or path.suffix in NOT_TEXT | {".pyc"}:
            continue
        words = domain_words(path.read_text("utf-8"))
        if words:
            found[named(path)] = words
    return found


def test_lib_knows_no_word_of_the_domain() -> None:
    unknown = {}
    for name, words in lib_words().items():
        allowed = ALLOWED.get(name, {})
        left = {word for word in words if "*" not in allowed and word.removesuffix("s") not in allowed}
        if left:
            unknown[name] = left
    assert unknown == {}


def test_no_exception_outlives_its_reason() -> None:
    assert set(ALLOWED) <= set(lib_words())


def test_the_messages_of_lib_know_none_either() -> None:
    told = []
    for block in MESSAGES.read_text("utf-8").split("\n\n"):
        places = re.findall(r"^#: (.+)$", block, re.MULTILINE)
        if places and all(place.startswith("celabiedrs/lib/") and place not in ALLOWED for place in places):
            message = "".join(
                re.findall(r'^(?:msgid(?:_plural)? )?"(.*)"$', block.split("msgstr")[0], re.MULTILINE)
            )
            told += [(message, word) for word in domain_words(message)]
    assert told == []


@pytest.mark.parametrize(
    "planted", ["PLAN_STATES = 1", "the mentor's page", "plan_since", "MeetingField", "Two schools"]
)
def test_the_look_for_words_sees(planted: str) -> None:
    assert domain_words(planted)
