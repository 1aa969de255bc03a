"""What every floor tells home: what somebody must do now, and where a stage of the year stands."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do: what, why, where, by when; without a button it waits for somebody else."""

    title: str
    note: str
    url: str
    button: str = ""
    due_at: dt.datetime | None = None
    waiting_for: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of the year rail. `state` is "" (to come), "now" or "done"; `of` 0 means nothing to count."""

    label: str
    note: str
    done: int = 0
    of: int = 0
    state: str = ""
