"""Work that must not hold up a page: enqueued in the act's transaction, run by the worker, retried when it fails."""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.base import TaskResult, TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("blocs.jobs")

ATTEMPTS = 6
_JOBS: set[str] = set()
_LONG_JOBS: set[str] = set()


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Declare a module-level function as a job; its keyword arguments must be JSON values."""
    _JOBS.add(f"{function.__module__}.{function.__qualname__}")
    return function


def long_job(function: Callable[..., None]) -> Callable[..., None]:
    """Declare a job that works for seconds: it opens its own short transactions, so that nobody waits for its locks."""
    _LONG_JOBS.add(f"{function.__module__}.{function.__qualname__}")
    return job(function)


def enqueue(function: Callable[..., None], **arguments: Any) -> TaskResult:
    """Have the worker run a job once this transaction is kept; nothing is enqueued when it is rolled back."""
    return run_job.enqueue(f"{function.__module__}.{function.__qualname__}", arguments, 1)


@task()
def run_job(path: str, arguments: dict[str, Any], attempt: int) -> None:
    """Run one job; after a failure try again in 1, 4, 16, 64, 256 minutes, then leave it marked as failed."""
    function = import_string(path)
    if path not in _JOBS:
        message = f"{path} is not declared as a job"
        raise ValueError(message)
    try:
        with nullcontext() if path in _LONG_JOBS else transaction.atomic():
            function(**arguments)
    except Exception:
        logger.exception("job %s failed at attempt %s of %s", path, attempt, ATTEMPTS)
        if attempt >= ATTEMPTS:
            raise
        wait = dt.timedelta(minutes=4 ** (attempt - 1))
        run_job.using(run_after=timezone.now() + wait).enqueue(path, arguments, attempt + 1)


def take_up_lost(*, after: dt.timedelta) -> int:
    """Put back every job that a worker began so long ago and did not end, because it was killed; return how many.

    A job that is run twice does no harm: mail keeps its Message-ID and is sent once, a paper is printed from its digest.
    """
    begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lte=timezone.now() - after)
    return begun.update(status=TaskResultStatus.READY, started_at=None)
