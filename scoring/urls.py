"""Addresses of scoring, under /khoi/<bloc>/<year>/cham-diem/."""

from django.urls import path

from scoring.views import board, consolidated, filling, peers, review, sending, tables, targets

app_name = "scoring"
_SHEET = "bang-tu-cham/<int:member>/"
_REVIEW = "tham-dinh/<int:member>/"
urlpatterns = [
    path("", board.board, name="board"),
    path("thong-nhat/", board.agree, name="agree"),
    path("khoa-so-lieu/", board.finalise_year, name="finalise"),
    path("bang-tieu-chi/", tables.detail, name="table"),
    path("bang-tieu-chi/nhap/", tables.load, name="table_import"),
    path("bang-tieu-chi/mau.xlsx", tables.template_file, name="table_template"),
    path("bang-tieu-chi/tai-ve.xlsx", tables.export, name="table_export"),
    path("bang-tieu-chi/lay-y-kien/", tables.ask_comments, name="table_comment_open"),
    path("bang-tieu-chi/gop-y/", tables.comment, name="table_comment"),
    path("bang-tieu-chi/ap-dung/", tables.adopt, name="table_adopt"),
    path("ke-hoach/", targets.board, name="targets"),
    path("ke-hoach/don-vi/<int:member>/", targets.edit, name="target_edit"),
    path("ke-hoach/duyet/", targets.approve, name="targets_approve"),
    path("ke-hoach/nhap/", targets.load, name="targets_import"),
    path("nhap-ket-qua/", tables.load_results, name="assessments_import"),
    path(_SHEET, filling.detail, name="assessment"),
    path(_SHEET + "bat-dau/", filling.start, name="assessment_start"),
    path(_SHEET + "tieu-chi/<int:criterion>/", filling.record, name="record_figure"),
    path(_SHEET + "tieu-chi/<int:criterion>/minh-chung/", filling.attach, name="attach_evidence"),
    path(_SHEET + "minh-chung/<int:evidence>/", filling.evidence_file, name="evidence_file"),
    path(_SHEET + "minh-chung/<int:evidence>/bo/", filling.remove, name="remove_evidence"),
    path(_SHEET + "ra-soat/", sending.check, name="check"),
    path(_SHEET + "trinh/", sending.present, name="present_to_head"),
    path(_SHEET + "chuyen-lai/", sending.give_back, name="return_to_officer"),
    path(_SHEET + "gui/", sending.approve, name="approve_and_send"),
    path(_SHEET + "gui-ban-da-ky/", sending.send_signed, name="send_by_signed_copy"),
    path(_SHEET + "ban-da-ky/", sending.signed_copy, name="signed_copy"),
    path(_SHEET + "thu-hoi/", sending.take_back, name="recall"),
    path(_SHEET + "giai-trinh/", sending.answer_request, name="answer_completion"),
    path(_SHEET + "gia-han/", sending.extend, name="grant_extension"),
    path(_SHEET + "in/", sending.print_sheet, name="print_sheet"),
    path("tham-dinh/", review.board, name="review"),
    path("tham-dinh/cham-cheo/", peers.board, name="peers"),
    path(_REVIEW + "gia-han-cham-cheo/", peers.extend, name="peer_extend"),
    path(_REVIEW, review.detail, name="review_detail"),
    path(_REVIEW + "tieu-chi/<int:criterion>/", review.decide, name="review_score"),
    path(_REVIEW + "de-nghi-hoan-thien/", review.ask_completion, name="request_completion"),
    path(_REVIEW + "xong/", review.conclude, name="conclude_review"),
    path(_REVIEW + "mo-lai/", review.reopen, name="reopen_review"),
    path("tong-hop/", consolidated.board, name="consolidated"),
    path("tong-hop/bang-tong-hop.xlsx", consolidated.export_xlsx, name="consolidated_xlsx"),
    path("tong-hop/bang-tong-hop.csv", consolidated.export_csv, name="consolidated_csv"),
    path("tong-hop/in/", consolidated.print_board, name="print_consolidated"),
    path("tong-hop/<int:member>/<int:criterion>/", consolidated.chain_page, name="chain"),
    path("tong-hop/<int:member>/<int:criterion>/sua/", consolidated.change, name="change_agreed"),
    path("tong-hop/<int:member>/<int:criterion>/dieu-chinh/", consolidated.correct, name="correct_score"),
]
