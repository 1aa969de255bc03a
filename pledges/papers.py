"""The pledge as one canonical text and its digest, and the words a new draft starts with. Pure."""

import hashlib
from collections.abc import Iterator

from blocs.text import nfc
from documents.papers import PledgePaper, PledgeTarget

FIRST_ARTICLES = (
    (
        "Quản lý đầu tư và xúc tiến đầu tư",
        "tăng cường xúc tiến, tháo gỡ khó khăn cho nhà đầu tư, đôn đốc tiến độ dự án đã đăng ký",
    ),
    ("Quy hoạch, xây dựng", "rà soát, bổ sung, điều chỉnh quy hoạch; kiểm tra trật tự xây dựng"),
    ("Tài nguyên, môi trường", "kiểm tra đánh giá tác động môi trường, giám sát định kỳ"),
    ("Doanh nghiệp, lao động", "nắm tình hình sử dụng lao động, bảo đảm chế độ, chính sách"),
    ("Chuyển đổi số, cải cách hành chính", "số hóa hồ sơ, giải quyết thủ tục hành chính đúng hạn"),
    ("Chấp hành chủ trương của Đảng, pháp luật của Nhà nước", "thực hiện nghiêm kỷ luật, kỷ cương hành chính"),
    ("Công tác thi đua, khen thưởng", "phát hiện, bồi dưỡng, nhân rộng mô hình, điển hình tiên tiến"),
)
COMMON = (
    "1. Thực hiện đầy đủ Quy chế hoạt động, tham gia các hoạt động và chế độ báo cáo của Khối.",
    "2. Tự chấm điểm trung thực, có tài liệu minh chứng; bình xét khách quan, công khai, đoàn kết.",
    "3. Phát hiện, bồi dưỡng, nhân rộng điển hình tiên tiến; phối hợp, chia sẻ kinh nghiệm giữa các đơn vị.",
)


def canonical_text(paper: PledgePaper) -> str:
    """The whole text that the units sign, one paragraph a line, NFC, without signatures and layout.

    It says what the printed pledge says, in the same order; the digest is taken over it.
    """
    return "\n".join(nfc(line) for line in _lines(paper) if line)


def digest_of_text(text: str) -> str:
    """SHA-256 (64 hex digits) of the text in UTF-8: anybody can compute it again with common tools."""
    return hashlib.sha256(text.encode()).hexdigest()


def grouped(digest: str) -> str:
    """The digest as shown: groups of four, "4f0a 92c7 …"."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def shortened(digest: str) -> str:
    """The digest beside a signature: "7c1e…90ad"."""
    return f"{digest[:4]}…{digest[-4:]}"


def _lines(paper: PledgePaper) -> Iterator[str]:
    yield paper.bloc_name
    yield paper.letterhead.date_line if paper.letterhead else ""
    yield paper.title
    yield f"“{paper.theme}”" if paper.theme else ""
    yield from paper.grounds
    yield f"Hôm nay,{_at(paper)} đại diện lãnh đạo {paper.count} đơn vị thuộc {paper.bloc_name} gồm:"
    yield from _parties(paper)
    yield f"Cùng thống nhất ký kết Giao ước thi đua năm {paper.year} với các nội dung sau:"
    yield "Điều 1. Nội dung thi đua"
    yield from (f"{number}. {article.sentence}" for number, article in enumerate(paper.articles, start=1))
    yield "Điều 2. Chỉ tiêu thi đua"
    yield from _targets(paper)
    yield "Điều 3. Cam kết chung"
    yield from COMMON
    yield "Điều 4. Tổ chức thực hiện"
    yield from _organisation(paper)


def _at(paper: PledgePaper) -> str:
    return f" tại {paper.signed_at}," if paper.signed_at else ""


def _parties(paper: PledgePaper) -> Iterator[str]:
    for place, party in enumerate(paper.parties, start=1):
        post = f", {party.post}" if party.post else ""
        person = f", do {paper.honorific} {party.representative}{post}, đại diện" if party.representative else ""
        yield f"- {party.name}{person}{'.' if place == len(paper.parties) else ';'}"


def _targets(paper: PledgePaper) -> Iterator[str]:
    if not paper.targets:
        yield f"Các đơn vị thực hiện chỉ tiêu, nhiệm vụ được cấp có thẩm quyền giao năm {paper.year}."
    for number, target in enumerate(paper.targets, start=1):
        unit = f" ({target.unit})" if target.unit else ""
        yield f"{number}. {target.title}{unit}: {_values(paper, target)}."


def _values(paper: PledgePaper, target: PledgeTarget) -> str:
    values = zip(paper.short_names, target.values, strict=True)
    return "; ".join(f"{name} {value or '–'}" for name, value in values)


def _organisation(paper: PledgePaper) -> Iterator[str]:
    enterprises = " và doanh nghiệp trong khu công nghiệp" if paper.with_enterprises else ""
    yield (
        "1. Các đơn vị cụ thể hóa Giao ước thành kế hoạch, phát động tới toàn thể công chức, viên chức, người lao động"
        f"{enterprises}."
    )
    leader = (
        f"{paper.leader_name}, Trưởng khối năm {paper.year}," if paper.leader_name else f"Trưởng khối năm {paper.year}"
    )
    table = paper.criteria_table or "Bảng tiêu chí chấm điểm thi đua của Khối"
    yield f"2. {leader} theo dõi, đôn đốc; tổ chức sơ kết, tổng kết và chấm điểm theo {table}."
    yield f"3. Giao ước có hiệu lực từ ngày ký đến hết ngày 31 tháng 12 năm {paper.year}{_copies(paper)}."


def _copies(paper: PledgePaper) -> str:
    if not paper.copies:
        return ""
    authority = f", gửi {paper.authority} 01 bản" if paper.authority else ""
    electronic = " (hoặc bản điện tử có đầy đủ chữ ký)" if paper.electronic else ""
    return f"; lập thành {paper.copies} bản có giá trị như nhau, mỗi đơn vị giữ 01 bản{authority}{electronic}"
