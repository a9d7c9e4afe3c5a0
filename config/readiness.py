"""`celabiedrs check`: what this installation lacks before people can use it, each with what to do."""

from collections.abc import Iterator

from celabiedrs.lib.watch.checks import BAD, OK, WARNING, State, ready

SIGNS = {OK: "ok     ", WARNING: "warning", BAD: "MISSING"}


def main() -> int:
    """Say every check; 1 where something is missing without which pages do not open."""
    from django.utils import translation

    with translation.override("en"):
        serves, found = ready()
        lacking = list(_of_the_programme()) if serves else []
        for state in [*found, *lacking]:
            told = f" – {state.title}. {state.advice}" if state.advice else ""
            print(f"{SIGNS[state.level]} {state.name} {state.figure}{told}".rstrip())
    return 0 if serves and all(state.level != BAD for state in lacking) else 1


def _of_the_programme() -> Iterator[State]:
    from celabiedrs.people.models import Post, Role
    from celabiedrs.people.reading.audience import not_over
    from celabiedrs.places.models import Semester

    yield State("calendar", OK if Semester.objects.exists() else BAD)
    administrators = Post.objects.filter(
        not_over(), role=Role.PROGRAMME_ADMINISTRATOR, person__is_active=True
    )
    yield State("administrator", OK if administrators.exists() else BAD)


if __name__ == "__main__":
    import sys

    import django

    django.setup()
    sys.exit(main())
