"""Addresses of the authority's desk: nominations and decisions over many blocs."""

from django.urls import path

from awards.views import catalogue, council, decisions, desk, register

app_name = "desk"
urlpatterns = [
    path("tra-cuu-khen-thuong/", register.register, name="register"),
    path("tra-cuu-khen-thuong/xlsx/", register.register_xlsx, name="register_xlsx"),
    path("tra-cuu-khen-thuong/thong-ke/", register.stats, name="statistics"),
    path("tra-cuu-khen-thuong/nhap/", register.past_import, name="past_import"),
    path("tra-cuu-khen-thuong/nhap/mau/", register.past_template_file, name="past_template"),
    path("tham-dinh/", desk.queue, name="queue"),
    path("tham-dinh/danh-muc/", catalogue.catalogue, name="catalogue"),
    path("tham-dinh/danh-muc/them/", catalogue.award_add, name="award_add"),
    path("tham-dinh/danh-muc/<slug:code>/", catalogue.award, name="award"),
    path("tham-dinh/danh-muc/<slug:code>/sua/", catalogue.award_amend, name="award_amend"),
    path("tham-dinh/danh-muc/<slug:code>/dieu-kien/", catalogue.rule_add, name="rule_add"),
    path("tham-dinh/dieu-kien/<int:pk>/het/", catalogue.rule_end, name="rule_end"),
    path("tham-dinh/dieu-kien/<int:pk>/xac-nhan/", catalogue.rule_confirm, name="rule_confirm"),
    path("tham-dinh/hoi-dong/", council.council, name="council_list"),
    path("tham-dinh/hoi-dong/xlsx/", council.council_xlsx, name="council_xlsx"),
    path("tham-dinh/hoi-dong/cot/", council.columns, name="columns"),
    path("tham-dinh/hoi-dong/lap/", council.council_paper, name="council_paper"),
    path("tham-dinh/hoi-dong/ket-qua/", council.council_results, name="council_results"),
    path("tham-dinh/hoi-dong/du-thao/", council.draft_decision, name="draft_decision"),
    path("tham-dinh/van-ban/<int:pk>/<slug:file>/", council.desk_paper, name="paper"),
    path("tham-dinh/quyet-dinh/<int:pk>/van-ban/", council.decision_papers, name="decision_papers"),
    path("tham-dinh/<int:pk>/", desk.nomination, name="nomination"),
    path("tham-dinh/<int:pk>/bo-sung/", desk.ask, name="ask"),
    path("tham-dinh/<int:pk>/gia-han/", desk.extend, name="extend"),
    path("tham-dinh/<int:pk>/du-dieu-kien/", desk.fit, name="fit"),
    path("tham-dinh/<int:pk>/chua-du/", desk.not_yet, name="not_yet"),
    path("tham-dinh/<int:pk>/tham-dinh-lai/", desk.again, name="again"),
    path("tham-dinh/<int:pk>/hoi-dong/", desk.council, name="council"),
    path("tham-dinh/<int:pk>/chua-khen-thuong/", desk.refuse, name="refuse"),
    path("tham-dinh/to-trinh/<int:pk>/tiep-nhan/", desk.receive, name="receive"),
    path("tham-dinh/quyet-dinh/", decisions.decisions, name="decisions"),
    path("tham-dinh/quyet-dinh/ghi-nhan/", decisions.decision, name="decision"),
    path("tham-dinh/quyet-dinh/<int:pk>/", decisions.decided, name="decided"),
    path("tham-dinh/quyet-dinh/<int:pk>/tep/", decisions.decided_paper, name="decided_paper"),
    path("tham-dinh/quyet-dinh/<int:pk>/huy-bo/", decisions.cancel, name="cancel"),
]
