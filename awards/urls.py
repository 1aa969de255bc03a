"""Addresses of a bloc year's nominations."""

from django.urls import path

from awards.views import board, dossiers, packages, submissions, votes

app_name = "awards"
urlpatterns = [
    path("", board.board, name="board"),
    path("de-nghi/<int:membership>/<slug:award>/", board.propose, name="propose"),
    path("khong-xet/", board.case_add, name="case_add"),
    path("khong-xet/<int:pk>/ket-thuc/", board.case_end, name="case_end"),
    path("binh-xet/", votes.put, name="put_to_vote"),
    path("binh-xet/<int:pk>/phieu/", votes.ballot, name="ballot"),
    path("binh-xet/<int:pk>/ket-thuc/", votes.conclude, name="conclude"),
    path("tinh-thu/", board.trial, name="trial"),
    path("trinh/", submissions.submit, name="submit"),
    path("trinh/<int:pk>/", submissions.submission, name="submission"),
    path("trinh/<int:pk>/to-trinh/", submissions.submission_paper, name="submission_paper"),
    path("trinh/<int:pk>/bo-ho-so/", packages.package, name="package"),
    path("tai-lieu-trinh/<int:pk>/<slug:file>/", packages.part, name="part"),
    path("trinh/<int:pk>/thu-hoi/", submissions.recall, name="recall"),
    path("<int:pk>/", dossiers.nomination, name="nomination"),
    path("<int:pk>/bao-cao/", packages.report, name="report"),
    path("<int:pk>/rut/", board.withdraw, name="withdraw"),
    path("<int:pk>/tai-lieu/", dossiers.paper_add, name="paper_add"),
    path("tai-lieu/<int:pk>/", dossiers.paper, name="paper"),
    path("tai-lieu/<int:pk>/rut/", dossiers.paper_remove, name="paper_remove"),
    path("bo-sung/<int:pk>/", dossiers.supply, name="supply"),
]
