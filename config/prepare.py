"""What has to be there before the first request: tables, the programme's calendar, static files, the demonstration."""

import sys

from config.match import refused_match


def main(arguments: list[str]) -> int:
    """Run in a process of its own by `celabiedrs run`; prints what the demonstration has to say."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    if refused_match():
        return 1
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    call_command("setup", verbosity=0)
    if "--demo" in arguments:
        call_command("demo")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
