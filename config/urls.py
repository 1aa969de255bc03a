"""The addresses of the site. Paths are Vietnamese without marks, names are English."""

from django.urls import URLPattern, URLResolver, include, path

from config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="healthz"),
    path("", include("config.account_urls")),
    path("kiem-tra/", include("documents.public_urls")),
    path("", include("blocs.urls")),
    path("", include("home.urls")),
    path("khoi/<slug:bloc>/<int:year>/cham-diem/", include("scoring.urls")),
    path("khoi/<slug:bloc>/<int:year>/khen-thuong/", include("awards.urls")),
    path("", include("awards.desk_urls")),
    path("khoi/<slug:bloc>/<int:year>/hoi-nghi/", include("conferences.urls")),
    path("", include("conferences.screen_urls")),
    path("khoi/<slug:bloc>/<int:year>/giao-uoc/", include("pledges.urls")),
    path("khoi/<slug:bloc>/<int:year>/van-ban/", include("documents.urls")),
]

handler400 = "blocs.kept.bad_request"  # 413 when too big
