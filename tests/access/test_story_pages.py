"""Each page on which a story looks for words can be opened by somebody: else "lacks" would be true of an empty page."""

import pytest

from celabiedrs.lib import clock
from rehearsal.stories.pages import PAGES
from tests.access.walking import ROUTES, ask, in_audience, signed_in, url_of
from tests.access.world import NOW, World

NAMES = sorted({name for pages in PAGES.values() for name, _arguments in pages})
pytestmark = pytest.mark.get_may_write("audit_look")


@pytest.mark.parametrize("name", NAMES)
def test_somebody_reads_the_page(db: None, world: World, name: str) -> None:
    row = ROUTES[name]
    with clock.at(NOW):
        codes = {
            persona: ask(
                signed_in(world, persona), "GET", url_of(name, row, world, "own"), row.get("payload", {})
            ).status_code
            for persona in world.people
            if in_audience(row["GET"], "own", persona)
        }
    assert 200 in codes.values(), codes
