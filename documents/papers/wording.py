"""Text of the smaller letters with merge fields, and the one way of filling it: text in, text out, nothing is run.

`{name}` is a fact; `[nếu: name] … [hết]` is printed only when the fact is known. A line is a paragraph, a line that
begins with "- " an item. Anything else is printed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from documents.papers.letterhead import Letterhead, Signer
from documents.papers.minutes import Letter, Section

UNKNOWN = "……"
_FIELD = re.compile(r"\{(\w{1,40})\}")
_CONDITION = re.compile(r"\[nếu: (\w{1,40})\](.*?)\[hết\]", re.DOTALL)


@dataclass(frozen=True)
class Wording:
    """A letter as it is shipped: `code` is its type's code in the symbol ("" for a công văn), `fields` what it may name."""

    key: str
    label: str
    title: str
    code: str
    subject: str
    body: str
    fields: tuple[tuple[str, str], ...]


_COMMON = (
    ("khoi", "tên khối"),
    ("nam", "năm thi đua"),
    ("don_vi", "đơn vị ban hành"),
    ("co_quan", "cơ quan tổ chức khối"),
)
SHIPPED = {
    one.key: one
    for one in (
        Wording(
            "request", "Công văn đề nghị gửi báo cáo và tự chấm điểm", "Công văn", "",
            "V/v gửi báo cáo tổng kết và tự chấm điểm thi đua năm {nam}",
            "Thực hiện {can_cu_thuc_hien}, {don_vi} đề nghị các đơn vị:\n"
            "1. Gửi Báo cáo tổng kết công tác thi đua, khen thưởng năm {nam}, số liệu tính đến {ngay_chot} (ước thực hiện cả năm).\n"
            "2. Tự chấm điểm theo {bang_tieu_chi}, kèm tài liệu minh chứng.\n"
            "3. Đề xuất khen thưởng (nếu có) kèm báo cáo thành tích.\n"
            "Thời hạn: trước {han}. Quá thời hạn, Trưởng khối tổng hợp theo Quy chế hoạt động của Khối. Đề nghị các đơn vị "
            "quan tâm, phối hợp thực hiện./.",
            (*_COMMON, ("can_cu_thuc_hien", "văn bản hướng dẫn, kế hoạch"), ("ngay_chot", "ngày chốt số liệu"),
             ("bang_tieu_chi", "tên bảng tiêu chí"), ("han", "thời hạn")),
        ),
        Wording(
            "reminder", "Công văn đôn đốc", "Công văn", "", "V/v đôn đốc gửi {ho_so}",
            "Đến {thoi_diem}, Trưởng khối chưa nhận được {ho_so} của quý đơn vị (thời hạn: {han}). Kính đề nghị quý đơn vị "
            "khẩn trương hoàn thiện, gửi trước {han_moi}./.",
            (*_COMMON, ("thoi_diem", "thời điểm"), ("ho_so", "hồ sơ chưa gửi"), ("han", "thời hạn đã qua"),
             ("han_moi", "thời hạn mới")),
        ),
        Wording(
            "authorisation", "Giấy ủy quyền dự hội nghị", "Giấy ủy quyền", "GUQ", "Dự {hoi_nghi}",
            "{thu_truong}, {don_vi}, ủy quyền cho {nguoi_duoc_uy_quyen}, thay mặt đơn vị dự {hoi_nghi}; được: {noi_dung}.\n"
            "Thời hạn ủy quyền: từ {tu_ngay} đến {den_ngay}. Người được ủy quyền không ủy quyền lại cho người khác./.",
            (*_COMMON, ("thu_truong", "họ tên, chức vụ Thủ trưởng"), ("nguoi_duoc_uy_quyen", "họ tên, chức vụ"),
             ("hoi_nghi", "tên hội nghị"), ("noi_dung", "biểu quyết, bỏ phiếu; ký giao ước; phát biểu"),
             ("tu_ngay", "từ ngày"), ("den_ngay", "đến ngày")),
        ),
        Wording(
            "decision_notice", "Thông báo kết quả khen thưởng", "Thông báo", "TB", "Kết quả khen thưởng năm {nam} đối với {khoi}",
            "{nguoi_quyet_dinh} ban hành {quyet_dinh}. Theo đó, {khoi} có các tập thể được tặng: {duoc_tang}.\n"
            "[nếu: chua_duoc]Đề nghị chưa được khen thưởng: {chua_duoc}.\n[hết]"
            "[nếu: trao_tang]Việc trao tặng thực hiện {trao_tang}. [hết]Trân trọng thông báo đến các đơn vị./.",
            (*_COMMON, ("nguoi_quyet_dinh", "người quyết định khen thưởng"), ("quyet_dinh", "số, ngày quyết định"),
             ("duoc_tang", "hình thức và tập thể"), ("chua_duoc", "tập thể và lý do"), ("trao_tang", "thời gian, địa điểm")),
        ),
    )
}  # fmt: skip


def unknown_fields(text: str, wording: Wording) -> tuple[str, ...]:
    """The merge fields that the text names and the letter does not have, in order."""
    named = [*_FIELD.findall(text), *(name for name, _inside in _CONDITION.findall(text))]
    known = {name for name, _meaning in wording.fields}
    return tuple(dict.fromkeys(name for name in named if name not in known))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts put in once: what stands in a fact is printed, never read as a field again."""
    kept = _CONDITION.sub(lambda found: found[2] if facts.get(found[1]) else "", text)
    return _FIELD.sub(lambda found: facts.get(found[1]) or UNKNOWN, kept)


def compose(
    wording: Wording,
    body: str,
    facts: Mapping[str, str],
    *,
    letterhead: Letterhead,
    addressees: Sequence[str] = (),
    signers: Sequence[Signer] = (),
    demo: bool = False,
) -> Letter:
    """The letter from a text (the shipped one or the bloc's own) and its facts."""
    subject = filled(wording.subject, facts)
    paragraphs = tuple(line.strip() for line in filled(body, facts).splitlines() if line.strip())
    return Letter(
        title=wording.title,
        subject="" if subject.startswith("V/v") else subject,
        about=subject if subject.startswith("V/v") else "",
        letterhead=letterhead,
        addressees=tuple(addressees),
        sections=(Section(paragraphs=paragraphs),),
        signers=tuple(signers),
        demo=demo,
    )
