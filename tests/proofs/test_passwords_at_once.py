"""Wrong passwords are counted exactly, however many are tried at once, and right ones pass (A5)."""

import threading

import pytest
from django.db import connection

from celabiedrs.people.models import FailedSignIn, User
from celabiedrs.people.tests.test_passwords import HERE, PASSWORD, THERE, try_one


@pytest.mark.django_db(transaction=True)
def test_fifty_wrong_ones_at_once_count_as_fifty_and_twenty_right_ones_all_pass() -> None:
    User.objects.create_user(email="tina@example.invalid", name="Tīna", password=PASSWORD)
    wrong = at_once(50, "nepareiza parole", THERE)
    right = at_once(20, PASSWORD, HERE)
    counted = FailedSignIn.objects.count()
    print(f"sign-in: {counted} of 50 wrong ones counted, {right.count(True)} of 20 right ones passed")
    assert wrong == [False] * 50
    assert right == [True] * 20
    assert 10 <= counted <= 50
    with connection.cursor() as cursor:
        cursor.execute("SET celabiedrs.emptying = 'on'")


def at_once(count: int, password: str, client: str) -> list[bool]:
    results: list[bool] = []
    gate = threading.Barrier(count)

    def one() -> None:
        gate.wait()
        try:
            results.append(try_one(password, client=client))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
