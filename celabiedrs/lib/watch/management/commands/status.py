"""`celabiedrs status`: the same as the page of the system's state."""

from typing import Any

from django.core.management.base import BaseCommand

from celabiedrs.lib.watch.alarms import open_alarms, said
from celabiedrs.lib.watch.checks import failed_jobs, ready


class Command(BaseCommand):
    help = "Say the state of the service, failed jobs and open alarms (exit code 1 where it cannot serve)."

    def handle(self, *args: Any, **options: Any) -> None:
        serves, found = ready()
        for state in found:
            told = f" – {state.title}. {state.advice}" if state.advice else ""
            self.stdout.write(f"{state.level:<7} {state.name} {state.figure}{told}")
        if not any(state.name == "cache" for state in found):
            raise SystemExit(1)
        for job in failed_jobs():
            self.stdout.write(f"failed  {job.name} at {job.at:%Y-%m-%d %H:%M}, {job.attempts} attempts")
        for alarm in open_alarms():
            self.stdout.write(f"alarm   since {alarm.first_at:%Y-%m-%d %H:%M}: {said(alarm)}")
        if not serves:
            raise SystemExit(1)
