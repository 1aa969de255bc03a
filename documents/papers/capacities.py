"""In which capacity a paper is signed: the block of 1 to 4 lines by case (Decree 30/2020, Annex I, section II.7)."""

from __future__ import annotations

CASES = {
    "head": "Thủ trưởng ký",
    "deputy": "Cấp phó ký thay (KT.)",
    "acting": "Quyền Thủ trưởng (Q.)",
    "office": "Chánh Văn phòng thừa lệnh (TL.)",
    "office_deputy": "Phó Chánh Văn phòng thừa lệnh (TL., KT.)",
    "special": "Thừa ủy quyền (TUQ.)",
    "bloc": "Thay mặt Khối (TM.)",
    "bloc_deputy": "Phó Trưởng khối thay mặt Khối (TM., KT.)",
}


def capacity_lines(case: str, *, head: str = "TRƯỞNG BAN", post: str = "") -> tuple[str, ...]:
    """The lines of the block, in capitals. `head` is the title of the unit's head, `post` the signer's where it varies.

    A board works under one head: never "TM. BAN QUẢN LÝ". KeyError for an unknown case.
    """
    head, post = head.upper(), post.upper()
    blocks = {
        "head": (head,),
        "deputy": (f"KT. {head}", f"PHÓ {head}"),
        "acting": (f"Q. {head}",),
        "office": (f"TL. {head}", "CHÁNH VĂN PHÒNG"),
        "office_deputy": (f"TL. {head}", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        "special": (f"TUQ. {head}", post),
        "bloc": ("TM. KHỐI THI ĐUA", "TRƯỞNG KHỐI"),
        "bloc_deputy": ("TM. KHỐI THI ĐUA", "KT. TRƯỞNG KHỐI", "PHÓ TRƯỞNG KHỐI"),
    }
    return tuple(line for line in blocks[case] if line)


def wrong_capacity(lines: tuple[str, ...], profile: str) -> str:
    """Why these lines cannot stand under a paper with this letterhead; "" when they can."""
    if profile == "A" and any(line.upper().startswith("TM.") for line in lines):
        return "Đơn vị làm việc theo chế độ thủ trưởng nên không ký “TM.”; “TM.” chỉ dùng khi văn bản mang tiêu đề của Khối."
    if profile == "B" and not lines[0].upper().startswith("TM."):
        return "Văn bản mang tiêu đề của Khối được ký “TM. KHỐI THI ĐUA”."
    return ""
