"""Which job runs when. Cron in Riga's winter-and-summer time is avoided: all hours here are UTC.

Jobs of a killed worker stay "doing" until somebody asks again for them; that is the first task here.
"""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from celabiedrs.closing import jobs as closing
from celabiedrs.desk import jobs as desk
from celabiedrs.evidence import jobs as evidence
from celabiedrs.hours import jobs as hours
from celabiedrs.lib.audit import jobs as audit
from celabiedrs.lib.files import jobs as files
from celabiedrs.lib.once import jobs as once
from celabiedrs.lib.retrying import NIGHTLY
from celabiedrs.lib.watch import jobs as watch
from celabiedrs.notes import jobs as notes
from celabiedrs.people import jobs as people
from celabiedrs.programme import jobs as programme
from celabiedrs.retention import jobs as retention
from celabiedrs.safeguarding import jobs as safeguarding
from celabiedrs.supervision import jobs as supervision

KEPT_HOURS = 7 * 24
SILENT_SECONDS = 60
"""A worker tells every ten seconds that it lives."""


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="schedule.requeue", pass_context=True)
async def requeue_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of workers that fell silent to the others. Every job is idempotent."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await manager.retry_job(job)


@app.periodic(cron="20 1 * * *")
@app.task(queueing_lock="schedule.forget", pass_context=True, retry=NIGHTLY)
async def forget_old(context: JobContext, timestamp: int) -> None:
    """Delete jobs that ended a week ago, failed ones too: the log has told of them."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


app.periodic(cron="* * * * *")(desk.send_urgent)
app.periodic(cron="*/5 * * * *")(desk.send_digests)
app.periodic(cron="* * * * *")(people.send_letters)
app.periodic(cron="10 3 * * *")(desk.remind)
app.periodic(cron="*/5 * * * *")(hours.issue_sheets)
app.periodic(cron="*/5 * * * *")(closing.issue_acts)
app.periodic(cron="* * * * *")(evidence.issue_packs)
app.periodic(cron="*/5 * * * *")(audit.chain)
app.periodic(cron="0 4 * * *")(audit.send_head)
app.periodic(cron="40 1 * * *")(files.sweep)
app.periodic(cron="5 2 * * *")(files.verify_nightly)
app.periodic(cron="*/10 * * * *")(watch.look)
app.periodic(cron="35 1 * * *")(watch.forget)
app.periodic(cron="* * * * *")(watch.tell)
app.periodic(cron="50 1 * * *")(once.delete)
app.periodic(cron="* * * * *")(safeguarding.escalate)
app.periodic(cron="10 2 * * *")(notes.erase)
app.periodic(cron="*/5 * * * *")(supervision.issue_certificates)
app.periodic(cron="30 2 * * *")(supervision.forget)
app.periodic(cron="35 2 * * *")(programme.forget_tables)
app.periodic(cron="* * * * *")(retention.carry_out)
app.periodic(cron="30 2 * * *")(retention.lapse_nightly)
