"""What the meeting asks of somebody now."""

import datetime as dt

from django.urls import reverse

from blocs import clock
from blocs.models import BlocYear, User
from blocs.tasks import Task
from blocs.text import count, date
from conferences.models import Attendance, Conference, Election
from conferences.queries.elections import role_word
from conferences.queries.meetings import Presence, attendances_of, conference_of, own_attendance, presence_of, runs
from conferences.queries.places import board_path, election_path
from conferences.queries.reports import report_papers
from voting.queries import waiting_ballots

_CALL_AHEAD = dt.timedelta(days=45)


def tasks_for(user: User, year: BlocYear, on: dt.date) -> list[Task]:
    """Return what the user must do about the year's annual conference and its elections."""
    if year.is_past:
        return []
    conference = conference_of(year)
    leading = runs(user, year)
    tasks = _ballots(user, year)
    if conference is None:
        return tasks + (_call(year, on) if leading else [])
    attendances = attendances_of(conference)
    own = own_attendance(attendances, user)
    if own is not None and not conference.is_over:
        tasks += _confirm(conference, own)
    if leading:
        tasks += _run(conference, presence_of(conference, attendances), on)
        tasks += _report(conference)
    return tasks


def _ballots(user: User, year: BlocYear) -> list[Task]:
    elections = {row.poll_id: row for row in Election.objects.filter(year=year, state=Election.State.VOTING)}
    if not elections:
        return []
    return [
        Task(
            f"Bỏ phiếu bầu {role_word(year, elections[round_.poll_id].role)} năm {year.year + 1}",
            f"{round_.manner}. Mỗi đơn vị có 01 phiếu; {membership.name} chưa bỏ phiếu.",
            election_path(year, elections[round_.poll_id].role, "ballot"),
            "Bỏ phiếu",
        )
        for round_, membership in waiting_ballots(user, year)
        if round_.poll_id in elections
    ]


def _call(year: BlocYear, on: dt.date) -> list[Task]:
    if year.conference_on is None or year.conference_on - on > _CALL_AHEAD:
        return []
    note = f"Ngày dự kiến: {date(year.conference_on)}. Chương trình được lập sẵn theo trình tự, sửa được sau khi mở."
    path = reverse("conferences:call", args=[year.bloc.code, year.year])
    return [Task(f"Mở trang hội nghị tổng kết năm {year.year}", note, path, "Mở trang hội nghị")]


def _confirm(conference: Conference, own: Attendance) -> list[Task]:
    if own.state != Attendance.State.EXPECTED:
        return []
    start = clock.at(conference.held_on, conference.starts_at.hour, conference.starts_at.minute)
    place = f" tại {conference.place}" if conference.place else ""
    note = f"{conference.title} họp ngày {date(conference.held_on)}{place}."
    return [Task("Xác nhận đại biểu dự hội nghị", note, board_path(conference.year), "Xác nhận có mặt", due_at=start)]


def _run(conference: Conference, presence: Presence, on: dt.date) -> list[Task]:
    year = conference.year
    if conference.is_running or (not conference.is_over and conference.held_on <= on):
        button = "Mở trang hội nghị" if conference.is_running else "Bắt đầu hội nghị"
        note = f"{presence.sentence}, {presence.verdict}."
        return [
            Task(f"Điều hành {conference.get_kind_display().lower()} năm {year.year}", note, board_path(year), button)
        ]
    if presence.waiting and not conference.is_over:
        note = f"Còn {count(len(presence.waiting))} đơn vị chưa xác nhận đại biểu dự hội nghị."
        path = reverse("conferences:attendance", args=[year.bloc.code, year.year])
        waiting = ", ".join(presence.waiting)
        return [Task("Đại biểu dự hội nghị", note, path, waiting_for=waiting)]
    return []


def _report(conference: Conference) -> list[Task]:

    year = conference.year
    path = reverse("conferences:report", args=[year.bloc.code, year.year])
    drafted, issued = report_papers(year)
    if not conference.is_over and drafted is None:
        note = "Số liệu lấy từ Bảng tổng hợp; phần lời văn soạn trên trang."
        return [Task("In dự thảo Báo cáo tổng kết", note, path, "Soạn báo cáo")]
    if conference.is_over and issued is None:
        note = f"Bổ sung kết quả bình xét và bầu {year.bloc.leader_word}, hoàn thiện theo ý kiến tại hội nghị."
        return [Task("Hoàn thiện Báo cáo tổng kết (bản chính thức)", note, path, "Hoàn thiện báo cáo")]
    return []
