"""What was sent can always be seen as it was sent; the desk's papers are kept; the achievement report is gathered."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook

from awards.actions import (
    DossierLocked,
    NothingDecided,
    add_paper,
    find_fit,
    make_announcements,
    make_council_list,
    make_draft_decision,
    make_extracts,
    propose_nomination,
    recall_submission,
    receive_submission,
    record_council_sitting,
    set_list_columns,
    submit_nominations,
    write_report,
)
from awards.jobs import print_kept
from awards.models import KeptPaper, Nomination, PastAward
from awards.queries.achievements import achievements_of
from awards.queries.council import chosen_columns, council_list
from awards.queries.dossiers import missing_papers
from blocs.models import BlocYear, Membership
from documents.papers import unpack
from documents.printing import missing_packages
from scoring.models import Result
from tests.awards import stage
from tests.awards.stage import NOW, REASON, agreed, award, awarded, fit, passed, pdf, propose, rank_members, submitted
from tests.cast import TODAY, make_cast

pytestmark = pytest.mark.django_db
PROSE = {"features": "Trụ sở tại Thái Nguyên.", "results": "Hoàn thành mọi chỉ tiêu."}


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def status_of(user, url: str) -> int:
    response = signed_in(user).get(url)
    if response.streaming:
        list(response.streaming_content)
    return response.status_code


def bytes_of(stored) -> bytes:
    with stored.file.open("rb") as content:
        return content.read()


def words_of(kept: KeptPaper) -> str:
    return str(kept.content)


def both_kinds(cast):
    """A flag and a certificate, agreed in one vote, with a written report and a paper, then sent."""
    flag = propose(cast, "BQL-1", "FLAG")
    propose(cast, "BQL-2", "CERTIFICATE")
    write_report(flag, prose=PROSE, by=None, at=NOW)
    add_paper(flag, kind="confirmation", upload=pdf(), by=None, at=NOW)
    stage.vote(cast)
    return stage.submit(cast)


def test_a_package_holds_its_parts_in_the_order_of_the_contents(cast):
    submission = both_kinds(cast)

    parts = list(submission.parts.all())

    assert [part.position for part in parts] == list(range(1, len(parts) + 1))
    assert [part.kind for part in parts] == [
        "contents", "letter", "list", "minutes", "minutes", "table", "achievement", "attached",
    ]  # fmt: skip
    contents = unpack(parts[0].content)
    assert [row[1] for row in contents.sections[0].table.rows] == [
        part.title.removesuffix(": Thái Nguyên") if part.kind == "attached" else unpack(part.content).full_title
        for part in parts[1:]
    ]


def test_titles_and_commendations_have_minutes_of_their_own_title(cast):
    submission = both_kinds(cast)

    titles = [part.title for part in submission.parts.filter(kind="minutes")]

    assert [title.split(" năm ")[0] for title in titles] == ["Biên bản Bình xét thi đua", "Biên bản Xét khen thưởng"]


def test_the_list_names_everybody_exactly_as_it_is_to_be_printed(cast):
    nomination = propose_nomination(
        cast.memberships["BQL-1"], award=award(), printed_name="BQL các KCN tỉnh Thái Nguyên", by=None, at=NOW
    )
    stage.vote(cast)
    submission = stage.submit(cast)

    listed = submission.parts.get(kind="list")

    assert unpack(listed.content).sections[0].table.rows[0][1] == nomination.printed_name
    sheet = load_workbook(io.BytesIO(bytes_of(listed.sheet))).worksheets[0]
    assert [cell.value for cell in sheet[2]][1:5] == [
        nomination.printed_name,
        "Thái Nguyên",
        "Bằng khen của Bộ trưởng",
        99,
    ]


def test_the_letter_carries_overridden_warnings_with_their_reasons(cast):
    propose(cast, "BQL-2")
    stage.vote(cast)

    letter = stage.submit(cast).parts.get(kind="letter")

    assert REASON in words_of(letter)
    assert "100%" in words_of(letter)


def test_what_was_sent_stays_as_it_was_when_everything_changes(cast):
    submission = both_kinds(cast)
    before = {part.position: (part.content, part.digest) for part in submission.parts.all()}

    Membership.objects.update(name="Tên khác")
    Nomination.objects.update(printed_name="Tên khác", score=Decimal("1.00"))
    Result.objects.update(total=Decimal("1.00"))

    assert {part.position: (part.content, part.digest) for part in submission.parts.all()} == before


def test_a_recalled_package_stays_and_the_next_one_is_another(cast):
    first = both_kinds(cast)
    recall_submission(first, reason=REASON, by=None, at=NOW)

    second = stage.submit(cast)

    assert (first.parts.count(), second.parts.count()) == (8, 8)
    assert not set(first.parts.values_list("pk")) & set(second.parts.values_list("pk"))


@pytest.mark.skipif(bool(missing_packages()), reason="this machine cannot print")
def test_a_part_is_printed_once_as_pdf_and_word(cast):
    part = both_kinds(cast).parts.get(kind="letter")

    print_kept(paper_id=part.pk)
    part.refresh_from_db()
    first = (part.pdf_id, part.word_id)
    print_kept(paper_id=part.pk)
    part.refresh_from_db()

    assert (part.pdf_id, part.word_id) == first
    assert bytes_of(part.pdf).startswith(b"%PDF-")
    assert zipfile.is_zipfile(io.BytesIO(bytes_of(part.word)))


def test_the_archive_holds_what_the_reader_may_open(cast):
    submission = both_kinds(cast)
    url = f"/khoi/mnpb/2024/khen-thuong/trinh/{submission.pk}/bo-ho-so/"

    names = {
        role: zipfile.ZipFile(io.BytesIO(signed_in(user).get(url).content)).namelist()
        for role, user in {"leader": cast.officers["BQL-1"], "fellow": cast.officers["BQL-3"]}.items()
    }

    assert any("xac-nhan" in name for name in names["leader"])
    assert not any("xac-nhan" in name for name in names["fellow"])


def test_a_part_of_a_dossier_is_not_there_for_a_fellow(cast):
    submission = both_kinds(cast)
    part = submission.parts.get(kind="attached")
    url = f"/khoi/mnpb/2024/khen-thuong/tai-lieu-trinh/{part.pk}/file/"

    codes = [status_of(user, url) for user in (cast.officers["BQL-1"], cast.official, cast.officers["BQL-3"])]

    assert codes == [200, 200, 404]


def test_a_written_report_stands_for_the_required_paper(cast):
    nomination = propose(cast)
    before = missing_papers(nomination)

    write_report(nomination, prose=PROSE, by=cast.officers["BQL-1"], at=NOW)

    assert before == ["Báo cáo thành tích", "Xác nhận của cấp quản lý trực tiếp"]
    assert missing_papers(nomination) == ["Xác nhận của cấp quản lý trực tiếp"]


def test_a_report_is_not_rewritten_while_the_desk_has_it(cast):
    with pytest.raises(DossierLocked, match="Đang thẩm định"):
        write_report(stage.in_review(cast), prose=PROSE, by=None, at=NOW)


def test_the_report_fills_in_past_years_and_awards_and_follows_a_succession(cast):
    unit, gone = cast.units["BQL-1"], cast.units["BQL-3"]
    gone.successor = unit
    gone.save()
    for number, owner in ((2022, gone), (2023, unit)):
        year = BlocYear.objects.create(bloc=cast.bloc, year=number)
        member = Membership.objects.create(year=year, unit=owner, position=1, name=owner.name, short_name="x")
        Result.objects.create(
            membership=member, total=Decimal(f"{number - 1930}"), rank=1, grade="Tốt", source="imported", at=NOW
        )
    PastAward.objects.create(
        authority=cast.authority, unit=gone, year=2021, award_name="Bằng khen", printed_name="x", number="9/QĐ",
        issuer="Bộ", recorded_at=NOW,
    )  # fmt: skip

    found = achievements_of(propose(cast))

    assert found.years == (2022, 2023, 2024)
    assert found.rows[0] == ("Tổng điểm thi đua", "92,00", "93,00", "99,00")
    assert [(given.year, given.name, given.decision) for given in found.awards] == [
        (2021, "Bằng khen", "Quyết định số 9/QĐ")
    ]


def test_the_council_list_is_over_all_blocs_in_the_authoritys_own_columns(cast):
    fit(cast)
    set_list_columns(cast.authority, columns=["award", "nonsense", "name"], by=cast.official)

    rows, columns = council_list(cast.official, TODAY), chosen_columns(cast.authority)
    client = signed_in(cast.official)
    page = client.get("/tham-dinh/hoi-dong/").content.decode()
    sheet = load_workbook(io.BytesIO(client.get("/tham-dinh/hoi-dong/xlsx/").content)).worksheets[0]
    made = make_council_list(cast.authority, rows=rows, columns=columns, by=cast.official, at=NOW)

    assert columns == ["award", "name"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Danh hiệu, hình thức đề nghị", "Tên tập thể, cá nhân"],
        ["Bằng khen của Bộ trưởng", rows[0].nomination.printed_name],
    ]
    assert page.index("Danh hiệu, hình thức đề nghị") < page.index("Tên tập thể, cá nhân")
    assert unpack(made.content).annexes[0].table.rows == (("Bằng khen của Bộ trưởng", rows[0].nomination.printed_name),)


def test_an_empty_list_is_not_made(cast):
    with pytest.raises(NothingDecided):
        make_council_list(cast.authority, rows=[], columns=[], by=None, at=NOW)


def test_one_sitting_passes_many_or_none(cast):
    flag, other = propose(cast, "BQL-1", "FLAG"), propose(cast, "BQL-2")
    stage.vote(cast)
    receive_submission(stage.submit(cast), by=None, at=NOW)
    find_fit(flag, by=None, at=NOW)

    with pytest.raises(Exception, match="Đang thẩm định"):
        record_council_sitting([flag, other], held_on=TODAY, by=None, at=NOW)
    assert set(Nomination.objects.values_list("state", flat=True)) == {"fit", "in_review"}

    find_fit(other, by=None, at=NOW)
    assert record_council_sitting([flag, other], held_on=TODAY, by=None, at=NOW) == 2
    assert set(Nomination.objects.values_list("state", flat=True)) == {"passed"}


def test_a_draft_decision_has_its_annex_and_no_number(cast):
    nomination = passed(cast)

    made = make_draft_decision(cast.authority, nominations=[nomination], by=None, at=NOW)

    paper = unpack(made.content)
    assert (paper.draft, paper.letterhead.number) == (True, "")
    assert paper.annexes[0].table.rows[0][1] == nomination.printed_name
    with pytest.raises(NothingDecided):
        make_draft_decision(cast.authority, nominations=[fit(make_cast_of(cast))], by=None, at=NOW)


def make_cast_of(_cast):
    other = make_cast(2, prefix="y")
    rank_members(other)
    return other


def test_extracts_and_announcements_are_made_once_and_give_the_reason(cast):
    decision = awarded(cast).decision

    extracts = make_extracts(decision, by=None, at=NOW)
    announced = make_announcements(decision, by=None, at=NOW)

    assert [row.title for row in extracts] == ["Trích quyết định: Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên"]
    assert "12/QĐ-BKHĐT" in words_of(announced[0])
    assert make_extracts(decision, by=None, at=NOW) == extracts
    assert make_announcements(decision, by=None, at=NOW) == announced


def test_the_desk_paper_of_another_authority_is_not_there(cast):
    fit(cast)
    made = make_council_list(cast.authority, rows=council_list(cast.official, TODAY), columns=[], by=None, at=NOW)
    foreign = make_cast(2, prefix="x")

    codes = [status_of(user, f"/tham-dinh/van-ban/{made.pk}/sheet/") for user in (cast.official, foreign.official)]

    assert codes == [200, 404]


def test_the_pages_open_with_one_main_act(cast):
    nomination = agreed(cast)
    leader = signed_in(cast.officers["BQL-1"])

    page = leader.get(f"/khoi/mnpb/2024/khen-thuong/{nomination.pk}/bao-cao/").content.decode()
    saved = leader.post(f"/khoi/mnpb/2024/khen-thuong/{nomination.pk}/bao-cao/", PROSE)

    assert page.count("btn-primary") == 1
    assert saved.status_code == 303
    assert "Trụ sở tại Thái Nguyên." in leader.get(saved.url).content.decode()
    submission = submit_nominations(
        cast.year, number="", dated_on=TODAY, signer_name="", signer_title="", by=None, at=NOW
    )
    sent = leader.get(f"/khoi/mnpb/2024/khen-thuong/trinh/{submission.pk}/").content.decode()
    assert "Bộ hồ sơ như đã gửi" in sent


def test_a_submitted_package_is_shown_before_and_after_receipt(cast):
    nomination = submitted(cast)
    url = f"/khoi/mnpb/2024/khen-thuong/trinh/{nomination.submission_id}/"
    before = signed_in(cast.official).get(url).content.decode()
    receive_submission(nomination.submission, by=None, at=NOW)

    after = signed_in(cast.official).get(url).content.decode()

    assert before.count("mã kiểm tra") == after.count("mã kiểm tra") == nomination.submission.parts.count()
