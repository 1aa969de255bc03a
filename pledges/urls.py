"""Addresses of the pledge of a bloc year, under /khoi/<bloc>/<year>/giao-uoc/."""

from django.urls import URLPattern, path

from pledges.views import boards, editing, outside, signing

app_name = "pledges"
urlpatterns: list[URLPattern] = [
    path("", boards.board, name="board"),
    path("tep.pdf", boards.pdf, name="pdf"),
    path("van-ban.txt", boards.text, name="text"),
    path("ban-chup/<int:pk>/", boards.scan, name="scan"),
    path("lap/", editing.draft, name="draft"),
    path("nam-sau/", editing.draft_next, name="draft_next"),
    path("soan/", editing.edit, name="edit"),
    path("lay-y-kien/", editing.open_comment, name="open_comment"),
    path("y-kien/", editing.comment, name="comment"),
    path("khoa/", editing.freeze, name="freeze"),
    path("mo-khoa/", editing.unfreeze, name="unfreeze"),
    path("ky/", signing.sign, name="sign"),
    path("ban-da-ky/", signing.wet, name="wet"),
    path("ky-so/", outside.signing_file, name="signing_file"),
    path("ky-so/tai-len/", outside.hand_in, name="hand_in"),
    path("phieu-ghi-nhan/", outside.evidence, name="evidence"),
    path("nhac-ky/", outside.remind, name="remind"),
    path("chua-ky/", signing.refuse, name="refuse"),
]
