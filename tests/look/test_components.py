"""The shared parts of pages, rendered with the context they document."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string

from blocs.errors import Refusal


def rendered(name: str, request=None, /, **context) -> str:
    return " ".join(render_to_string(f"components/{name}.html", context, request).split())


class Explanation(forms.Form):
    reason = forms.CharField(label="Lý do", help_text="Được in trong tờ trình.")

    def clean(self):
        if self.cleaned_data.get("reason") == "không":
            raise forms.ValidationError("Chưa thể gửi.")


def test_a_state_stands_with_its_word():
    assert rendered("state", label="Đã gửi", css="s-sent") == '<span class="state s-sent">Đã gửi</span>'


def test_a_task_says_when_what_and_one_verb():
    task = {
        "left": "Còn 02 ngày",
        "due": "17:00, 15/12/2023",
        "title": "Bảng tự chấm",
        "url": "/x/",
        "act": "Chấm điểm",
    }

    row = rendered("task", task=task, primary=True)

    assert "<b>Còn 02 ngày</b>hạn: 17:00, 15/12/2023" in row
    assert '<a class="btn btn-primary" href="/x/">Chấm điểm<span class="sr">: Bảng tự chấm</span></a>' in row


def test_a_refusal_is_announced_and_offers_its_remedy():
    said = rendered("refusal", refusal=Refusal("Đã hết hạn.", remedy_url="/gia-han/", remedy_label="Gia hạn"))

    assert 'role="alert"' in said
    assert '<p data-sentence>Đã hết hạn.</p> <p class="acts"><a href="/gia-han/">Gia hạn</a></p>' in said


@pytest.mark.parametrize("fact", [("Trưởng khối", "Thái Nguyên"), {"label": "Trưởng khối", "value": "Thái Nguyên"}])
def test_facts_come_as_pairs_or_objects(fact):
    assert "<div><dt>Trưởng khối</dt><dd>Thái Nguyên</dd></div>" in rendered("facts", facts=[fact])


def test_a_fact_without_value_is_a_dash():
    assert "<dd>–</dd>" in rendered("facts", facts=[("Điện thoại", "")])


def test_a_confirmation_says_what_it_will_do_before_it_is_done(rf):
    box = rendered(
        "confirm", rf.get("/"), act="Kết thúc", url="/ket-thuc/", effects=["Không nhận thêm phiếu."], primary=True
    )

    assert box.startswith('<details class="confirm"> <summary class="btn btn-primary">Kết thúc</summary>')
    assert "<li>Không nhận thêm phiếu.</li>" in box
    assert 'name="csrfmiddlewaretoken"' in box


def test_a_confirmation_with_a_wrong_field_stays_open(rf):
    assert '<details class="confirm" open>' in rendered(
        "confirm", rf.get("/"), act="Gửi", url="/", fields=Explanation({})
    )


def test_a_table_region_can_be_reached_and_has_a_name():
    table = rendered(
        "table_region",
        id="bang",
        caption="Các đơn vị",
        columns=[("Đơn vị", ""), ("Điểm", "n")],
        rows=[[("Bắc Giang", ""), ("5,34", "n")]],
    )

    assert '<div class="dt-wrap" role="region" tabindex="0" aria-labelledby="bang-ten">' in table
    assert '<th scope="row" class="">Bắc Giang</th><td class="n">5,34</td>' in table


def test_a_wrong_field_is_linked_from_the_summary():
    said = rendered("form_errors", form=Explanation({}))

    assert '<li><a href="#id_reason">Lý do</a>: Chưa nhập nội dung này.</li>' in said


def test_what_is_wrong_with_the_whole_form_is_said_once():
    form = Explanation({"reason": "không"})

    assert rendered("form_errors", form=form) == ""


def test_the_pager_keeps_the_other_parameters(rf):
    page = Paginator(range(30), 10).page(2)

    links = rendered("pager", rf.get("/?khoi=1&trang=2"), page=page, unit="đơn vị")

    assert "Trang 2/3, 30 đơn vị" in links
    assert ('href="?khoi=1&amp;trang=1"' in links, 'href="?khoi=1&amp;trang=3"' in links) == (True, True)


def test_evidence_can_be_removed_by_post_only(rf):
    piece = {"title": "Quyết định", "url": "/tep/1/", "note": "PDF, 412 KB", "remove_url": "/tep/1/go/"}

    listed = rendered("evidence", rf.get("/"), evidence=[piece])

    assert '<form method="post" action="/tep/1/go/"><input type="hidden" name="csrfmiddlewaretoken"' in listed


def test_the_file_picker_warns_of_state_secrets():
    assert "Không tải lên tài liệu có nội dung bí mật nhà nước." in rendered("file_picker", name="tep", id="tep")


def test_the_chain_of_a_figure_reads_in_order():
    chain = [
        SimpleNamespace(label="Tự chấm", figure="5,34", note="11/12"),
        SimpleNamespace(label="Thẩm định", figure="5,10", note="20/12"),
    ]

    assert rendered("figure_chain", chain=chain).index("5,34") < rendered("figure_chain", chain=chain).index("5,10")


def test_fields_name_their_help_and_their_error():
    html = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": Explanation({})}))

    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert ('id="id_reason_error"' in html, 'id="id_reason_helptext"' in html) == (True, True)


def frame(**changes):
    stage = {"label": "Tự chấm điểm", "note": "5/7", "url": "/c/", "state": "now", "done": 5, "of": 7}
    return SimpleNamespace(**({
        "bloc_name": "Khối", "year": 2024, "years": [{"label": "Năm thi đua 2024", "url": "/n/", "current": True}],
        "places": [{"label": "Chấm điểm", "url": "/c/", "current": True}], "rail": [stage], "notices": 2, "notices_url": "/t/",
        "account_label": "Chuyên viên", "demo": True, "demo_today": "05/12/2024",
    } | changes))  # fmt: skip


def test_the_frame_marks_the_place_and_the_stage(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_staff=False)

    top = rendered("frame", request, frame=frame())

    assert '<a href="/c/" aria-current="page">Chấm điểm</a>' in top
    assert '<a href="/c/" aria-current="step"> <progress value="5" max="7" aria-hidden="true"></progress>' in top
    assert ("Thông báo (2)" in top, "Ngày giả định: 05/12/2024" in top) == (True, True)


def test_a_page_without_a_bloc_has_no_rail(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_staff=False)

    top = rendered(
        "frame", request, frame=frame(rail=[], years=[], year=None, demo=False, bloc_name="Bộ Kế hoạch và Đầu tư")
    )

    assert ('class="rail"' in top, '<p class="bloc">Bộ Kế hoạch và Đầu tư</p>' in top, "ribbon" in top) == (
        False,
        True,
        False,
    )
