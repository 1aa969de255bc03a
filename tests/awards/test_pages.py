"""The pages of awards: what they say, who gets 403 and 404, what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import BlockingCase, Decision, DossierPaper, Nomination, RequestForMore, Submission
from blocs.models import Post
from tests.awards import stage
from tests.awards.stage import REASON, agreed, asked, awarded, in_review, passed, propose, rank_members, submitted, vote
from tests.cast import TODAY, make_cast
from voting.models import Poll
from voting.queries import latest_round

pytestmark = pytest.mark.django_db
State = Nomination.State


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.DEMO_TODAY = TODAY.isoformat()


@pytest.fixture
def cast():
    cast = make_cast(3)
    rank_members(cast)
    return cast


def url(name, cast, **more):
    return reverse(f"awards:{name}", kwargs={"bloc": cast.bloc.code, "year": cast.year.year} | more)


def page(client, user, path, data=None):
    client.force_login(user)
    return client.get(path) if data is None else client.post(path, data)


def status(client, user, path):
    response = page(client, user, path)
    if response.streaming:
        b"".join(response.streaming_content)  # reads the file to its end, which closes it
    return response.status_code


def said(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_board_shows_places_left_ranks_and_the_guidance(client, cast):
    propose(cast, "BQL-1", "FLAG")

    text = said(page(client, cast.officers["BQL-1"], url("board", cast)))

    assert "Còn 02 Bằng khen được đề nghị. Đơn vị xếp hạng tiếp theo: Tuyên Quang." in text
    assert "Khối được đề nghị tối đa 01 Cờ thi đua (Công văn hướng dẫn minh họa)." in text
    assert "Trưởng khối đề nghị cho đơn vị mình." in text


def test_only_the_leader_sees_the_buttons_that_propose(client, cast):
    leader = page(client, cast.officers["BQL-1"], url("board", cast)).content.decode()
    member = page(client, cast.officers["BQL-3"], url("board", cast)).content.decode()

    assert ("/de-nghi/" in leader, "/de-nghi/" in member) == (True, False)


def test_the_board_has_one_primary_act(client, cast):
    propose(cast, "BQL-1", "FLAG")

    html = page(client, cast.officers["BQL-1"], url("board", cast)).content.decode()

    assert html.count("btn-primary") == 1


def test_a_barred_member_is_shown_with_the_rule(client):
    cast = make_cast(3)
    rank_members(cast, blocking=("discipline",))
    BlockingCase.objects.create(
        membership=cast.memberships["BQL-2"], condition="discipline", source="Quyết định số 7", recorded_at=stage.NOW
    )

    text = said(page(client, cast.officers["BQL-3"], url("board", cast)))

    assert "Chưa thể đưa Tuyên Quang vào danh sách đề nghị: theo Bảng tiêu chí chấm điểm thi đua năm 2024" in text


def test_the_leader_proposes_through_the_page(client, cast):
    path = url("propose", cast, membership=cast.memberships["BQL-1"].pk, award="CERTIFICATE")

    response = page(client, cast.officers["BQL-1"], path, {"printed_name": "Ban Quản lý", "reason": "Dẫn đầu."})

    assert (response.status_code, response["Location"]) == (303, url("board", cast))
    assert Nomination.objects.get().printed_name == "Ban Quản lý"


def test_a_warning_keeps_what_was_typed_and_asks_for_the_reason(client, cast):
    path = url("propose", cast, membership=cast.memberships["BQL-2"].pk, award="CERTIFICATE")

    response = page(client, cast.officers["BQL-1"], path, {"printed_name": "Ban Quản lý TQ", "reason": "Nỗ lực."})

    assert response.status_code == 422
    assert "Thái Nguyên xếp trên" in said(response)
    assert "Ban Quản lý TQ" in response.content.decode()


def test_a_full_list_is_refused_on_the_page_with_the_sentence(client, cast):
    propose(cast, "BQL-1")
    propose(cast, "BQL-2")
    path = url("propose", cast, membership=cast.memberships["BQL-3"].pk, award="CERTIFICATE")

    shown = page(client, cast.officers["BQL-1"], path)
    refused = page(client, cast.officers["BQL-1"], path, {"printed_name": "Ban Quản lý"})

    assert "Hiện đã có 02 đề nghị. Cần rút 01 đề nghị" in said(shown)
    assert (refused.status_code, Nomination.objects.count()) == (409, 2)


def test_a_withdrawal_without_a_reason_stays_on_the_board(client, cast):
    nomination = propose(cast)

    response = page(client, cast.officers["BQL-1"], url("withdraw", cast, pk=nomination.pk), {"reason": ""})

    assert response.status_code == 422
    assert Nomination.objects.get().state == State.PLANNED


def test_members_vote_on_the_system_in_two_requests(client, cast):
    nomination = propose(cast)
    page(client, cast.officers["BQL-1"], url("put_to_vote", cast), {"form": "open", "conduct": "system"})
    poll = Poll.objects.get()
    board = page(client, cast.heads["BQL-3"], url("board", cast))
    path = url("ballot", cast, pk=poll.pk)
    choice = {f"option-{nomination.pk}": "approve"}

    check = page(client, cast.heads["BQL-3"], path, choice | {"step": "check"})
    done = page(client, cast.heads["BQL-3"], path, choice | {"step": "cast"})

    assert path in board.content.decode()
    assert "Kiểm tra trước khi bỏ phiếu" in said(check)
    assert (done.status_code, latest_round(poll).roll.filter(cast=True).count()) == (303, 1)


def test_the_leader_ends_the_vote_and_the_board_prints_the_result(client, cast):
    propose(cast)
    page(client, cast.officers["BQL-1"], url("put_to_vote", cast), {"form": "open", "conduct": "system"})
    poll = Poll.objects.get()
    stage.cast_all(poll, cast)

    page(client, cast.officers["BQL-1"], url("conclude", cast, pk=poll.pk), {})

    text = said(page(client, cast.officers["BQL-3"], url("board", cast)))
    assert "Khối nhất trí đề nghị" in text
    assert "03/03 đơn vị nhất trí (100%)" in text


def test_hands_are_entered_on_the_board(client, cast):
    nomination = propose(cast)
    page(client, cast.officers["BQL-1"], url("put_to_vote", cast), {"form": "open", "conduct": "hands"})
    path = url("conclude", cast, pk=Poll.objects.get().pk)
    wrong = {"present": "3", f"approve-{nomination.pk}": "4", f"reject-{nomination.pk}": "0"}

    refused = page(client, cast.officers["BQL-2"], path, wrong)
    done = page(client, cast.officers["BQL-2"], path, wrong | {f"approve-{nomination.pk}": "3"})

    assert (refused.status_code, done.status_code) == (422, 303)
    assert Nomination.objects.get().votes_text == "03/03"


def test_the_list_is_sent_after_showing_what_is_sent(client, cast):
    agreed(cast)
    path = url("submit", cast)
    letter = {
        "number": "05/TTr-BQLKCN",
        "dated_on": "05/12/2024",
        "signer_name": "Trưởng ban",
        "signer_title": "Trưởng ban",
        "contact_name": "Chuyên viên",
        "upload": stage.pdf("to-trinh.pdf"),
    }

    shown = said(page(client, cast.officers["BQL-1"], path))
    sent = page(client, cast.officers["BQL-1"], path, letter)

    assert "Hồ sơ của Thái Nguyên (Bằng khen) chưa có: báo cáo thành tích" in shown
    assert sent["Location"] == url("submission", cast, pk=Submission.objects.get().pk)
    assert Submission.objects.get().paper.name == "to-trinh.pdf"


def test_a_letter_without_its_date_is_not_sent(client, cast):
    agreed(cast)

    response = page(client, cast.officers["BQL-1"], url("submit", cast), {"number": "5"})

    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_a_paper_comes_into_the_dossier_and_is_read_by_those_who_may(client, cast):
    nomination = propose(cast, "BQL-2")
    path = url("paper_add", cast, pk=nomination.pk)
    page(client, cast.officers["BQL-2"], path, {"kind": "report", "upload": stage.pdf()})
    paper = url("paper", cast, pk=DossierPaper.objects.get().pk)

    answers = {
        user.username: status(client, user, paper)
        for user in (cast.officers["BQL-1"], cast.officers["BQL-2"], cast.officers["BQL-3"], cast.official)
    }

    assert answers == {"officer1": 200, "officer2": 200, "officer3": 404, "official": 200}


def test_the_unit_supplies_what_was_asked_for(client, cast):
    request = asked(cast, "BQL-1")
    item = request.items.get()
    path = url("supply", cast, pk=request.pk)

    empty = page(client, cast.officers["BQL-1"], path, {})
    full = page(
        client, cast.officers["BQL-1"], path, {f"answer-{item.pk}": "Gửi kèm.", f"upload-{item.pk}": stage.pdf()}
    )

    assert (empty.status_code, full.status_code) == (422, 303)
    assert "còn 01 mục chưa bổ sung: Báo cáo thành tích" in said(empty)
    assert RequestForMore.objects.get().supplied_at is not None


def test_the_desk_takes_a_nomination_from_receipt_to_the_decision(client, cast):
    nomination = submitted(cast)
    desk = {"pk": nomination.pk}
    steps = [
        ("desk:receive", {"pk": nomination.submission_id}, {}),
        ("desk:fit", desk, {"du-reason": "Đã nhận bản giấy."}),
        ("desk:council", desk, {"hd-held_on": "05/12/2024", "hd-passed": "yes", "hd-approve": "9", "hd-voted_of": "9"}),
        (
            "desk:decision",
            {},
            {
                "nominations": [nomination.pk],
                "number": "12/QĐ",
                "decided_on": "05/12/2024",
                "signer_name": "Bộ trưởng",
                "signer_title": "Bộ trưởng",
            },
        ),
    ]

    answers = [
        page(client, cast.official, reverse(name, kwargs=where), sent).status_code for name, where, sent in steps
    ]

    assert answers == [303] * 4
    assert Nomination.objects.get().state == State.AWARDED


def test_the_desk_says_why_a_finding_was_not_taken(client, cast):
    nomination = in_review(cast)

    response = page(client, cast.official, reverse("desk:not_yet", args=[nomination.pk]), {"chua-note": "Hỏi lại."})

    assert response.status_code == 422
    assert "Hỏi lại." in response.content.decode()


def test_the_desk_asks_for_named_items(client, cast):
    nomination = in_review(cast)
    given = {
        "bosung-usual": ["Báo cáo thành tích"],
        "bosung-further": "Bản sao năm 2021\n",
        "bosung-due_on": "20/12/2024",
    }

    page(client, cast.official, reverse("desk:ask", args=[nomination.pk]), given)

    items = RequestForMore.objects.get().items.values_list("text", flat=True)
    assert list(items) == ["Báo cáo thành tích", "Bản sao năm 2021"]


def test_the_queue_is_searched_without_marks_and_filtered(client, cast):
    first, second = propose(cast, "BQL-1", "FLAG"), propose(cast, "BQL-2")
    vote(cast)
    stage.submit(cast)
    client.force_login(cast.official)

    found = client.get(reverse("desk:queue"), {"tim": "tuyen quang"}).context["queue"].rows
    flags = client.get(reverse("desk:queue"), {"hinh-thuc": "FLAG"}).context["queue"].rows
    fit = client.get(reverse("desk:queue"), {"buoc": "hoi-dong"}).context["queue"].rows

    assert (list(found), list(flags), list(fit)) == ([second], [first], [])


def test_an_official_acting_for_the_nominated_unit_only_looks_on(client, cast):
    nomination = in_review(cast)
    Post.objects.create(
        user=cast.official, unit=cast.units["BQL-1"], role=Post.Role.OFFICER, title="Chuyên viên", from_on=TODAY
    )

    shown = page(client, cast.official, reverse("desk:nomination", args=[nomination.pk]))
    refused = page(client, cast.official, reverse("desk:fit", args=[nomination.pk]), {"du-reason": REASON})

    assert "Không tham gia xét đơn vị mình" in said(shown)
    assert refused.status_code == 403


def test_a_decision_is_looked_up_and_cancelled(client, cast):
    awarded(cast)
    decision = Decision.objects.get()

    listed = said(page(client, cast.official, reverse("desk:decisions")))
    page(client, cast.official, reverse("desk:cancel", args=[decision.pk]), {"reason": "Kê khai không trung thực."})

    assert "Quyết định số 12/QĐ-BKHĐT ngày 10/02/2025" in listed
    assert Nomination.objects.get().state == State.CANCELLED


def test_invented_figures_say_so(client, cast):
    nomination = in_review(cast)
    paths = [
        (cast.heads["BQL-1"], url("board", cast)),
        (cast.heads["BQL-1"], url("nomination", cast, pk=nomination.pk)),
        (cast.heads["BQL-1"], url("submission", cast, pk=nomination.submission_id)),
        (cast.official, reverse("desk:nomination", args=[nomination.pk])),
    ]

    assert [path for user, path in paths if "Dữ liệu minh họa" not in said(page(client, user, path))] == []


def bloc_pages(cast, nomination):
    poll = nomination.poll_id
    case = BlockingCase.objects.create(
        membership=cast.memberships["BQL-3"], condition="incident", source="Báo cáo số 3", recorded_at=stage.NOW
    )
    paper = DossierPaper.objects.filter(nomination=nomination).first()
    member = cast.memberships["BQL-3"].pk
    return {
        "board": ("get", url("board", cast)),
        "propose": ("get", url("propose", cast, membership=member, award="FLAG")),
        "propose_post": ("post", url("propose", cast, membership=member, award="FLAG")),
        "put_to_vote": ("post", url("put_to_vote", cast)),
        "ballot": ("get", url("ballot", cast, pk=poll)),
        "conclude": ("post", url("conclude", cast, pk=poll)),
        "nomination": ("get", url("nomination", cast, pk=nomination.pk)),
        "withdraw": ("post", url("withdraw", cast, pk=nomination.pk)),
        "paper_add": ("post", url("paper_add", cast, pk=nomination.pk)),
        "paper": ("get", url("paper", cast, pk=paper.pk)),
        "paper_remove": ("post", url("paper_remove", cast, pk=paper.pk)),
        "case_add": ("post", url("case_add", cast)),
        "case_end": ("post", url("case_end", cast, pk=case.pk)),
        "submit": ("get", url("submit", cast)),
        "submission": ("get", url("submission", cast, pk=nomination.submission_id)),
        "recall": ("post", url("recall", cast, pk=nomination.submission_id)),
    }


def sent_with_a_paper(cast):
    nomination = agreed(cast, "BQL-2")
    stage.complete(nomination)
    stage.submit(cast)
    nomination.refresh_from_db()
    return nomination


def statuses(client, user, pages):
    client.force_login(user)
    return {name: getattr(client, verb)(path).status_code for name, (verb, path) in pages.items()}


def test_another_blocs_people_find_nothing(client, cast):
    foreign = make_cast(3, prefix="x")
    pages = bloc_pages(cast, sent_with_a_paper(cast))

    for user in (foreign.heads["BQL-1"], foreign.official):
        assert set(statuses(client, user, pages).values()) == {404}


def test_a_member_is_kept_from_the_leaders_acts(client, cast):
    pages = bloc_pages(cast, sent_with_a_paper(cast))

    answers = statuses(client, cast.officers["BQL-3"], pages)

    assert {name for name, status in answers.items() if status == 403} == {
        "propose",
        "propose_post",
        "put_to_vote",
        "ballot",
        "conclude",
        "withdraw",
        "paper_add",
        "case_add",
        "case_end",
        "submit",
        "recall",
    }
    assert {name for name, status in answers.items() if status == 404} == {"paper", "paper_remove"}


def test_the_desk_is_for_officials_of_the_authority(client, cast):
    foreign = make_cast(3, prefix="x")
    nomination = passed(cast)
    keyed = ["nomination", "ask", "extend", "fit", "not_yet", "again", "council", "refuse"]
    desk = {
        name: ("get" if name == "nomination" else "post", reverse(f"desk:{name}", args=[nomination.pk]))
        for name in keyed
    }
    lists = {name: ("get", reverse(f"desk:{name}")) for name in ("queue", "decisions", "decision")}

    assert set(statuses(client, cast.heads["BQL-1"], desk).values()) == {404}
    assert set(statuses(client, cast.heads["BQL-1"], lists).values()) == {403}
    assert set(statuses(client, foreign.official, desk).values()) == {404}
    assert set(statuses(client, foreign.official, lists).values()) == {200}


def test_what_was_not_sent_is_not_at_the_desk(client, cast):
    nomination = agreed(cast)

    assert page(client, cast.official, reverse("desk:nomination", args=[nomination.pk])).status_code == 404


def cost(client, user, path):
    client.force_login(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len([query for query in captured.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def filled(members):
    cast = make_cast(members, prefix=f"m{members}")
    rank_members(cast, blocking=("discipline",))
    propose(cast, "BQL-1", "FLAG")
    for code in list(cast.memberships)[1:3]:
        propose(cast, code)
    return cast


@pytest.mark.parametrize("who", ["leader", "head", "official"])
def test_the_board_costs_the_same_with_1_and_with_68_members(client, who):
    costs = []
    for members in (1, 68):
        cast = filled(members)
        user = {"leader": cast.officers["BQL-1"], "head": cast.heads["BQL-1"], "official": cast.official}[who]
        costs.append(cost(client, user, url("board", cast)))

    assert costs[0] == costs[1]


def test_the_board_costs_the_same_while_68_members_vote(client):
    costs = []
    for members in (1, 68):
        cast = filled(members)
        stage.put_to_vote(cast.year, by=None, at=stage.NOW)
        costs.append(cost(client, cast.heads["BQL-1"], url("board", cast)))

    assert costs[0] == costs[1]


def test_the_desk_costs_the_same_with_one_and_with_many_nominations(client):
    one, many = make_cast(3), make_cast(40, prefix="x")
    for cast in (one, many):
        rank_members(cast)
    many.year.provisions.filter(key="CERTIFICATE").update(value="30")
    nominations = [propose(many, code) for code in list(many.memberships)[:30]]
    vote(many)
    stage.submit(many)
    single = submitted(one)

    queues = [cost(client, cast.official, reverse("desk:queue")) for cast in (one, many)]
    pages = [
        cost(client, one.official, reverse("desk:nomination", args=[single.pk])),
        cost(client, many.official, reverse("desk:nomination", args=[nominations[0].pk])),
    ]

    assert (queues[0], pages[0]) == (queues[1], pages[1])
