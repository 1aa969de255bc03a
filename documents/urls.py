"""Addresses of official papers, under a bloc year."""

from django.urls import path

from documents import views, wording_views

app_name = "documents"
urlpatterns = [
    path("", views.board, name="board"),
    path("mau/", wording_views.wordings, name="wordings"),
    path("mau/<slug:key>/", wording_views.wording, name="wording"),
    path("mau/<slug:key>/lap/", wording_views.letter, name="letter"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/tep-pdf/", views.pdf, name="pdf"),
    path("<int:pk>/tep-word/", views.word, name="word"),
    path("<int:pk>/ban-da-ky/", views.signed_copy, name="signed_copy"),
    path("<int:pk>/in/", views.print_out, name="print"),
    path("<int:pk>/trinh-ky/", views.submit, name="submit"),
    path("<int:pk>/ve-du-thao/", views.return_draft, name="return"),
    path("<int:pk>/ghi-nhan-ky/", views.sign, name="sign"),
    path("<int:pk>/cap-so/", views.number, name="number"),
    path("<int:pk>/thay-the/", views.replace, name="replace"),
]
