"""Addresses of sign-in, passwords and re-authentication, under allauth's names."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, path, re_path

from blocs.views import account

urlpatterns: list[URLPattern] = [
    path("dang-nhap/", allauth_views.login, name="account_login"),
    path("dang-xuat/", allauth_views.logout, name="account_logout"),
    path("tai-khoan/", account.account_home, name="account_home"),
    path("tai-khoan/giu-phien/", account.keep_session, name="account_keep"),
    path("tai-khoan/ngung-dung/", allauth_views.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/doi/", allauth_views.password_change, name="account_change_password"),
    path("mat-khau/quen/", allauth_views.password_reset, name="account_reset_password"),
    path("mat-khau/quen/da-gui/", allauth_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mat-khau/dat-lai/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mat-khau/dat-lai/xong/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
