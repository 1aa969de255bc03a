"""The canonical text says what the printed pledge says, and its digest can be computed by anybody."""

import hashlib
import html
import re
import unicodedata

from django.template.loader import render_to_string

from documents.papers import unpack
from pledges.gathering import gather_draft, gather_pledge
from pledges.models import Pledge
from pledges.papers import canonical_text, digest_of_text, grouped, shortened
from tests.cast import Cast


def words(markup: str) -> list[str]:
    bare = html.unescape(re.sub(r"<[^>]+>", " ", markup))
    return re.findall(r"[\wÀ-ỹ]+", unicodedata.normalize("NFC", bare).casefold())


def test_every_word_of_the_printed_pledge_is_in_the_canonical_text_in_its_order(draft: Pledge) -> None:
    paper = gather_draft(draft, draft=False)
    printed = render_to_string("documents/paper/pledge.html", {"paper": paper})
    body = printed.split("Đại diện các đơn vị ký giao ước")[0]
    motto = words("Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc Dữ liệu minh họa")
    heads = words("TT Chỉ tiêu ĐVT")

    before_targets = canonical_text(paper).split("Điều 2.")[0]
    after_targets = canonical_text(paper).split("Điều 3.")[1]

    shown_before = [word for word in words(body.split("Điều 2.")[0]) if word not in motto]
    assert shown_before == [word for word in words(before_targets) if word not in motto]
    assert words(body.split("Điều 3.")[1]) == words(after_targets)
    table = words(body.split("Điều 2.")[1].split("Điều 3.")[0])
    text = words(canonical_text(paper).split("Điều 2.")[1].split("Điều 3.")[0])
    assert sorted(set(table) - set(heads)) == sorted(set(text) - set(heads))


def test_the_digest_is_the_sha256_of_the_stored_text(frozen: Pledge) -> None:
    assert frozen.digest == hashlib.sha256(frozen.text.encode("utf-8")).hexdigest()
    assert frozen.text == unicodedata.normalize("NFC", frozen.text)
    assert frozen.text == canonical_text(gather_pledge(frozen))


def test_the_frozen_content_is_the_same_paper_after_it_was_stored(frozen: Pledge) -> None:
    stored = Pledge.objects.get()

    assert stored.content is not None
    assert unpack(stored.content) == gather_draft(stored, draft=False)


def test_later_changes_of_names_do_not_change_the_frozen_paper(frozen: Pledge, seven: Cast) -> None:
    seven.year.memberships.update(name="Tên khác", head_name="Người khác")

    paper = gather_pledge(Pledge.objects.get())

    assert canonical_text(paper) == frozen.text
    assert paper.parties[0].name == "Ban Quản lý các Khu công nghiệp tỉnh Thái Nguyên"


def test_a_digest_is_shown_in_groups_and_beside_a_signature_shortened() -> None:
    digest = digest_of_text("giao ước")

    assert grouped(digest).replace(" ", "") == digest
    assert shortened(digest) == f"{digest[:4]}…{digest[-4:]}"
