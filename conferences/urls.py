"""Addresses of the meetings of a bloc year, under /khoi/<bloc>/<year>/hoi-nghi/."""

from django.urls import URLPattern, path

from conferences.views import agenda, attendance, elections, live, meetings, reports

app_name = "conferences"
urlpatterns: list[URLPattern] = [
    path("", meetings.board, name="board"),
    path("truc-tiep/", live.live, name="live"),
    path("trinh-chieu/mo/", live.screen_open, name="screen_open"),
    path("trinh-chieu/thu-hoi/", live.screen_close, name="screen_close"),
    path("mo/", meetings.call, name="call"),
    path("thong-tin/", meetings.change, name="change"),
    path("tam-nghi/", meetings.pause, name="pause"),
    path("tiep-tuc/", meetings.resume, name="resume"),
    path("be-mac/", meetings.close, name="close"),
    path("chuong-trinh/", agenda.agenda, name="agenda"),
    path("chuong-trinh/them/", agenda.add, name="item_add"),
    path("chuong-trinh/<int:pk>/sua/", agenda.change, name="item_change"),
    path("chuong-trinh/<int:pk>/chuyen/", agenda.move, name="item_move"),
    path("chuong-trinh/<int:pk>/bo/", agenda.remove, name="item_remove"),
    path("chuong-trinh/<int:pk>/bat-dau/", agenda.start, name="item_open"),
    path("chuong-trinh/<int:pk>/ket-thuc/", agenda.end, name="item_close"),
    path("chuong-trinh/<int:pk>/ghi-chep/", agenda.notes, name="item_notes"),
    path("chuong-trinh/<int:pk>/bieu-quyet/", agenda.adopt, name="item_adopt"),
    path("dai-bieu/", attendance.attendance, name="attendance"),
    path("dai-bieu/<int:pk>/", attendance.attend, name="attend"),
    path("dai-bieu/khach-moi/", attendance.guest_add, name="guest_add"),
    path("dai-bieu/khach-moi/<int:pk>/bo/", attendance.guest_remove, name="guest_remove"),
    path("bau/<slug:role>/", elections.election, name="election"),
    path("bau/<slug:role>/gioi-thieu/", elections.propose, name="propose"),
    path("bau/<slug:role>/gioi-thieu/<int:pk>/rut/", elections.withdraw, name="withdraw"),
    path("bau/<slug:role>/bat-dau/", elections.start, name="election_open"),
    path("bau/<slug:role>/phieu/", elections.ballot, name="ballot"),
    path("bau/<slug:role>/phieu/truc-tiep/", live.live_ballot, name="live_ballot"),
    path("bau/<slug:role>/kiem-phieu/", elections.count, name="election_count"),
    path("bau/<slug:role>/y-kien/", elections.reply, name="election_reply"),
    path("bau/<slug:role>/y-kien/<int:entry>/", elections.reply_paper, name="election_reply_paper"),
    path("bau/<slug:role>/ket-thuc/", elections.close, name="election_close"),
    path("bau/<slug:role>/bang-phieu/", elections.settle, name="election_settle"),
    path("bau/<slug:role>/cong-bo/", elections.conclude, name="election_conclude"),
    path("bau/<slug:role>/lan-sau/", elections.again, name="election_again"),
    path("bao-cao/", reports.report, name="report"),
    path("bao-cao/muc/", reports.section, name="report_section"),
    path("bao-cao/du-thao/", reports.draft, name="report_draft"),
    path("bao-cao/ban-chinh-thuc/", reports.issue, name="report_issue"),
]
