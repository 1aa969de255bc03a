"""What happens to a job whose worker was killed."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from blocs.jobs import enqueue, take_up_lost
from blocs.notices import mail_notice

pytestmark = pytest.mark.django_db


def begun(minutes: int) -> DBTaskResult:
    """A job that a worker took so many minutes ago."""
    result = enqueue(mail_notice, notice_id=1)
    row = DBTaskResult.objects.get(pk=result.id)
    row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now() - dt.timedelta(minutes=minutes)
    row.save()
    return row


def test_a_job_left_by_a_killed_worker_is_ready_again() -> None:
    lost = begun(minutes=20)

    put_back = take_up_lost(after=dt.timedelta(minutes=15))

    lost.refresh_from_db()
    assert put_back == 1
    assert lost.status == TaskResultStatus.READY


def test_a_job_that_is_being_done_is_left_alone() -> None:
    running = begun(minutes=2)

    put_back = take_up_lost(after=dt.timedelta(minutes=15))

    running.refresh_from_db()
    assert put_back == 0
    assert running.status == TaskResultStatus.RUNNING
