"""Writing a draft table in the browser, where it comes from, and how it differs from last year's."""

import pytest
from django.test import Client

from blocs.models import BlocYear, LeadershipTerm
from scoring.actions.tables import comment_on_table, edit_table, import_criteria, open_comment
from scoring.actions.templates import NoTemplate, draft_from, keep_template
from scoring.models import CriteriaTable, TableTemplate
from scoring.queries.drafts import difference_to_last_year, sources_for
from scoring.queries.tables import plan_of
from scoring.screens.editor import editor_page, typed_table
from tests.cast import make_cast
from tests.scoring.blocs import run
from tests.scoring.stage import NOW, small_table

pytestmark = pytest.mark.django_db
URL = "/khoi/mnpb/2024/cham-diem/bang-tieu-chi/"


@pytest.fixture
def cast(db):
    return make_cast(3)


@pytest.fixture
def draft(cast):
    return import_criteria(cast.year, small_table(), adopt=False, by=None, at=NOW)


@pytest.fixture
def client(cast, settings):
    settings.DEMO_TODAY = "2024-12-05"
    client = Client()
    client.force_login(cast.heads["BQL-1"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def form_of(table, **changes):
    """Write the form as the page sends it; `changes` replaces fields by code: I_2={"max_points": "6"}."""
    rows, properties = typed_table(table)
    replaced = {code.replace("_", "."): fields for code, fields in changes.items()}
    posted = {"rows": str(len(rows))} | {f"property_{key}": value for key, value in properties.items()}
    for row in rows:
        fields = row.typed | {"order": str(row.order)} | replaced.get(row.typed["code"], {})
        posted |= {f"{key}_{row.index}": value for key, value in fields.items()}
    return posted


def test_the_editor_gives_back_what_it_was_given(draft):
    rows, properties = typed_table(draft)

    page = editor_page(rows, properties)

    assert page.faults == ()
    assert page.file.plan.rows == plan_of(draft).rows or [row.code for row in page.file.plan.rows] == [
        row.code for row in plan_of(draft).rows
    ]
    assert page.sums == [("Điểm chuẩn", "40"), ("Điểm thưởng", "2"), ("Điểm trừ", "2")]


def test_sums_come_back_while_one_types_and_nothing_is_written(client, draft):
    answer = client.post(f"{URL}soan/", form_of(draft, I_2={"max_points": "6"}), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "Điểm chuẩn: 41" in page
    assert '<span class="num" id="cong-0" hx-swap-oob="true">= 21</span>' in page
    assert "tổng điểm ghi 40 khác tổng điểm chuẩn của bảng 41" in page
    assert draft.criteria.get(code="I.2").max_points == 5


def test_a_clean_table_is_saved_in_its_place_and_its_rows_follow_their_order(client, draft):
    posted = form_of(draft, I_2={"max_points": "6", "order": "45"}) | {"property_total": "41"}

    answer = client.post(f"{URL}soan/", posted)

    saved = CriteriaTable.objects.get()
    assert answer.status_code == 303
    assert saved.pk == draft.pk
    assert list(saved.criteria.values_list("code", flat=True))[:4] == ["I", "I.1", "I.3", "I.2"]
    assert saved.criteria.get(code="I.2").max_points == 6


def test_a_wrong_row_is_named_beside_it_and_what_was_typed_stays(client, draft):
    answer = client.post(f"{URL}soan/", form_of(draft, II_1={"params": "levels=2/1", "title": "Mức mới"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "mỗi mức của levels phải từ 0 đến 1" in page
    assert "Mức mới" in page
    assert draft.criteria.get(code="II.1").title == "Theo mức"


def test_a_row_is_added_without_a_script_and_an_emptied_one_goes(client, draft):
    added = client.post(f"{URL}soan/", form_of(draft) | {"add": "1"}).content.decode()
    posted = form_of(draft, IV={"code": "", "title": ""}, IV_1={"code": "", "title": ""})

    client.post(f"{URL}soan/", posted)

    assert 'name="code_15"' in added
    assert not draft.criteria.filter(code__startswith="IV").exists()


def test_comments_stay_with_the_rows_that_keep_their_code(cast, draft):
    open_comment(draft, until=None, by=None, at=NOW)
    member = cast.memberships["BQL-3"]
    for code in ("I.1", "IV.1"):
        row = draft.criteria.get(code=code)
        comment_on_table(draft, member, text=f"Về {code}", criterion=row, by=None, at=NOW)
    plan = small_table()
    shorter = type(plan)(plan.rows[:-2], plan.properties)

    edit_table(draft, shorter, by=None, at=NOW)

    said = {comment.text: comment.criterion and comment.criterion.code for comment in draft.comments.all()}
    assert said == {"Về I.1": "I.1", "Về IV.1": None}


def next_year(cast):
    year = BlocYear.objects.create(bloc=cast.bloc, year=2025)
    LeadershipTerm.objects.create(year=year, unit=cast.units["BQL-1"], role="leader", from_on="2025-01-01")
    return year


def test_next_years_draft_begins_as_this_years_table_and_shows_what_changed(cast):
    this = import_criteria(cast.year, small_table(), by=None, at=NOW)
    year = next_year(cast)
    table = draft_from(year, this, by=None, at=NOW)
    assert difference_to_last_year(table).changes == []
    rows, properties = typed_table(table)
    rows[2].typed |= {"max_points": "6", "title": "Chấm trực tiếp, mới"}
    rows.pop()
    rows.pop()
    page = editor_page(rows, properties | {"total": "41"})

    edit_table(table, page.file.plan, by=None, at=NOW)

    changes = difference_to_last_year(table).changes
    assert [(one.code, one.field, one.before, one.after) for one in changes] == [
        ("I", "max_points", "20", "21"),
        ("I.2", "title", "Chấm trực tiếp", "Chấm trực tiếp, mới"),
        ("I.2", "max_points", "5", "6"),
        ("IV", "", "Điểm trừ (2 điểm)", ""),
        ("IV.1", "", "Chậm (2 điểm)", ""),
    ]


def test_an_adopted_table_becomes_a_template_that_other_blocs_of_the_authority_begin_from(cast):
    table = import_criteria(cast.year, small_table(), by=None, at=NOW)

    keep_template(table, name="Mẫu ban quản lý", bloc_kind="Khối ban quản lý khu công nghiệp", by=None, at=NOW)

    named = [getattr(source, "template_name", "") for source in sources_for(next_year(cast))]
    assert named == ["", "Mẫu ban quản lý (Khối ban quản lý khu công nghiệp)"]
    with pytest.raises(NoTemplate, match="Đã có mẫu tên"):
        keep_template(table, name="Mẫu ban quản lý", bloc_kind="Khác", by=None, at=NOW)


def test_a_draft_is_no_template(draft):
    with pytest.raises(NoTemplate):
        keep_template(draft, name="Mẫu", bloc_kind="Khối", by=None, at=NOW)

    assert not TableTemplate.objects.exists()


def test_a_draft_begins_from_the_sample_on_the_page(cast, client):
    shown = client.get(URL).content.decode()

    answer = client.post(f"{URL}lap/", {"source": "sample"})

    assert "Bảng mẫu của phần mềm (minh họa)" in shown
    assert answer["Location"].endswith("/bang-tieu-chi/soan/")
    assert CriteriaTable.objects.get().criteria.count() == 50
    assert client.get(answer["Location"]).status_code == 200


def test_the_table_is_taken_away_as_csv_and_read_back_the_same(cast, client):
    table = import_criteria(cast.year, small_table(), by=None, at=NOW)

    content = client.get(f"{URL}tai-ve.csv").content.decode("utf-8-sig")

    assert content.splitlines()[0].startswith("Mã,Mã cha,Tên,Điểm tối đa")
    assert len(content.splitlines()) == 1 + table.criteria.count()


@pytest.mark.parametrize("name", ["bang.xlsx", "bang.csv"])
def test_an_exported_table_comes_in_again_as_the_same(cast, tmp_path, name):
    import_criteria(cast.year, small_table(), by=None, at=NOW)
    path = tmp_path / name
    before = [
        (row.code, row.max_points, row.method, row.params) for row in cast.year.criteria_tables.get().criteria.all()
    ]

    run("export_criteria", str(path), year=cast.year)
    year = next_year(cast)
    run("import_criteria", str(path), year=year)

    after = [(row.code, row.max_points, row.method, row.params) for row in year.criteria_tables.get().criteria.all()]
    assert after == before


def test_a_comment_may_be_about_one_criterion(cast, draft, settings):
    settings.DEMO_TODAY = "2024-12-05"
    open_comment(draft, until=None, by=None, at=NOW)
    client = Client()
    client.force_login(cast.officers["BQL-3"], backend="allauth.account.auth_backends.AuthenticationBackend")
    row = draft.criteria.get(code="I.2")

    client.post(f"{URL}gop-y/", {"text": "Nên chấm theo tỷ lệ", "criterion": str(row.pk)})

    assert [(comment.text, comment.criterion) for comment in draft.comments.all()] == [("Nên chấm theo tỷ lệ", row)]
    assert "(về I.2)" in client.get(URL).content.decode()
