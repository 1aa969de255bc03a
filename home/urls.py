"""Addresses of home: the first page of every role, and one page per bloc year."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("khoi/<slug:bloc>/<int:year>/", views.year, name="year"),
    path("khoi/<slug:bloc>/<int:year>/tin-nhan/", views.message, name="message"),
]
