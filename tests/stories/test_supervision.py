"""A supervision from the first tap to the certificate, on a phone and at three desks."""

from datetime import time, timedelta
from typing import Any

import pytest

from celabiedrs.lib import clock
from celabiedrs.people.models import Post, Role, User
from celabiedrs.supervision.models import SessionState, SupervisionSession, Theme
from tests.stories.test_mentor_meeting import put_plan_of_these_days

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def holder(name: str, role: Role, **place: Any) -> User:
    user = User.objects.create_user(email=f"{role}@example.lv", name=name)
    Post.objects.create(person=user, role=role, since=clock.today() - timedelta(days=100), **place)
    return user


def test_from_interest_on_a_phone_to_the_certificate(browser_page: Any) -> None:
    plan = put_plan_of_these_days()
    mentor, school = plan.mentor, plan.institution
    mentor.municipalities.add(school.municipality)
    day = clock.today() + timedelta(days=6)

    supervisor = browser_page(holder("Vija Vadītāja", Role.SUPERVISOR), width=1280)
    supervisor.goto("/supervizija/planot/")
    supervisor.locator("select[name=municipality]").select_option(label=school.municipality.name)
    supervisor.locator("input[name=day]").fill(f"{day:%Y-%m-%d}")
    supervisor.locator("input[name=start]").fill("10:00")
    supervisor.locator("input[name=place]").fill("Kultūras nams, mazā zāle")
    supervisor.get_by_role("button", name="Ieplānot supervīziju").click()
    supervisor.get_by_text("Supervīzija ir ieplānota.").wait_for()
    session = SupervisionSession.objects.get()

    phone = browser_page(mentor.user)
    phone.goto("/supervizija/manas/")
    phone.get_by_role("button", name="Izrādīt interesi").click()
    phone.get_by_text("interese izrādīta").wait_for()
    phone.get_by_role("link", name="Sūtīt tēmu bez vārda").click()
    phone.locator("textarea[name=text]").fill("Kā rīkoties, ja Jānis neatnāk?")
    phone.get_by_role("button", name="Nosūtīt bez vārda").click()
    phone.get_by_role("alert").get_by_text("Šķiet, ka tēmā minēts").wait_for()
    assert phone.locator("textarea[name=text]").input_value() == "Kā rīkoties, ja Jānis neatnāk?"
    phone.locator("textarea[name=text]").fill("Kā rīkoties, ja jaunietis neatnāk?")
    phone.get_by_role("button", name="Nosūtīt bez vārda").click()
    phone.get_by_text("Tēma ir nosūtīta.").wait_for()
    assert Theme.objects.get().text == "Kā rīkoties, ja jaunietis neatnāk?"

    school_desk = browser_page(
        holder("Anna Atbildīgā", Role.RESPONSIBLE_PERSON, institution=school), width=1280
    )
    school_desk.goto("/")
    school_desk.get_by_role("link", name="Pieteikt").click()
    school_desk.get_by_role("button", name="Pieteikt izvēlētos").click()
    school_desk.get_by_text("Pieteikts 1 mentors.").wait_for()

    supervisor.goto("/")
    supervisor.get_by_role("link", name="Komplektēt").click()
    supervisor.get_by_role("button", name="Sakomplektēt grupu").click()
    supervisor.get_by_role("link", name="Aplūkot un apstiprināt").click()
    supervisor.get_by_text("Katra iestāde saņem paziņojumu tikai par saviem cilvēkiem.").wait_for()
    supervisor.get_by_role("button", name="Apstiprināt grupu").click()
    supervisor.get_by_text("Grupa ir apstiprināta. Dalībnieki").wait_for()
    phone.goto("/supervizija/manas/")
    phone.get_by_text("grupā", exact=True).wait_for()

    # six days go by
    SupervisionSession.objects.update(
        starts_at=clock.moment_of(clock.today() - timedelta(days=1), time(10, 0))
    )
    supervisor.goto(f"/supervizija/{session.public_id}/")
    supervisor.get_by_role("link", name="Atzīmēt, kas piedalījās").click()
    supervisor.get_by_label(mentor.name).check()
    supervisor.get_by_role("button", name="Supervīzija notika").click()
    supervisor.get_by_text("Dalība atzīmēta").wait_for()
    assert SupervisionSession.objects.get().state == SessionState.HELD
    assert not Theme.objects.exists()

    phone.goto("/supervizija/manas/")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Lejupielādēt (PDF)").click()
    assert download.value.suggested_filename.startswith("supervizija-SA-")
