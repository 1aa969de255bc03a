"""What the public page says: what is proven of a paper or a file, and what is not."""

from dataclasses import dataclass, field

from blocs import text
from documents.models import CopyDigest, Document, PublicCopy
from documents.papers import grouped_code
from documents.queries import copy_of, examination_of, paper_by_code
from documents.sealing.verdicts import Finding, verdict_from

NOT_PROVEN = (
    "Chữ ký tay và con dấu trên bản giấy.",
    "Nội dung của bản giấy hoặc tệp khác với tệp đã kiểm tra; muốn đối chiếu, tải tệp PDF lên trang này.",
)
UNKNOWN_FILE = "Tệp không trùng với văn bản nào do hệ thống này phát hành."


@dataclass(frozen=True)
class Answer:
    """`kind`: ok, warn or stop. `waiting`: the worker has yet to look."""

    kind: str
    heading: str
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    not_proven: tuple[str, ...] = NOT_PROVEN
    known: bool = True
    waiting: bool = False
    proven: tuple[str, ...] = field(default=())


def answer_for_code(code: str) -> Answer:
    """What is known of the paper with this code."""
    paper = paper_by_code(code)
    if paper is None:
        return Answer(
            "stop",
            "Không có văn bản nào mang mã này",
            ("Đề nghị kiểm tra lại mã ghi ở chân trang văn bản: 12 chữ và số, không phân biệt chữ hoa, chữ thường.",),
            not_proven=(),
            known=False,
        )
    proven = ("Hệ thống đã phát hành văn bản có số, ngày, đơn vị ban hành như trên.",)
    return Answer(*_standing(paper), facts=_facts(paper), proven=proven)


def answer_for_file(sha256: str) -> Answer | None:
    """What is known of the file with this digest; None when nobody has handed it in."""
    known = copy_of(sha256)
    if known is not None:
        return _known(known)
    examination = examination_of(sha256)
    if examination is None:
        return None
    if examination.verdict is None:
        said = (UNKNOWN_FILE, "Đang kiểm tra chữ ký số trong tệp; trang này tự cập nhật khi xong.")
        return Answer("warn", "Đang kiểm tra tệp", said, waiting=True)
    return _examined(examination.verdict, sha256)


def _known(known: CopyDigest) -> Answer:
    copy = known.copy
    facts = (*_facts(copy.document), ("Mã kiểm tra của tệp (SHA-256)", known.sha256))
    if not known.whole:
        said = ("Tệp này là phần đầu của tệp đã phát hành; phần sau, gồm chữ ký thêm vào sau, đã bị cắt bỏ.",)
        return Answer("stop", "Tệp đã bị cắt bớt phần cuối", said, facts)
    kind, heading, sentences = _standing(copy.document)
    proven = [f"Tệp trùng từng byte với tệp hệ thống đã phát hành ({copy.get_what_display().lower()})."]
    if copy.sealed:
        proven.append("Tệp có ký số của hệ thống; tệp không bị thay đổi từ khi phát hành.")
    if copy.what == PublicCopy.What.SIGNED:
        proven.append(f"Tệp có {text.count(copy.signatures)} chữ ký số; kết luận về từng chữ ký có tại trang Giao ước.")
    return Answer(kind, heading, sentences, facts, proven=tuple(proven))


def _standing(paper: Document) -> tuple[str, str, tuple[str, ...]]:
    if paper.state == Document.State.REPLACED:
        other = paper.replaced_by
        named = f"{other.reference} ngày {text.date(other.issued_on)}" if other and other.issued_on else ""
        return "warn", "Văn bản đã được thay thế", (f"Văn bản thay thế: {named}.",) if named else ()
    return "ok", "Văn bản do hệ thống phát hành, đang có hiệu lực tra cứu", ()


def _facts(paper: Document) -> tuple[tuple[str, str], ...]:
    said = (
        ("Loại văn bản", paper.get_kind_display()),
        ("Số, ký hiệu", paper.reference),
        ("Ngày ban hành", text.date(paper.issued_on)),
        ("Đơn vị ban hành", paper.unit.name),
        ("Chức vụ người ký", ", ".join(paper.capacity.splitlines())),
        ("Cách ký", paper.get_manner_display() if paper.manner else ""),
        ("Mã tra cứu", grouped_code(paper.code or "")),
    )
    return tuple((label, value) for label, value in said if value)


def _examined(values: dict[str, object], sha256: str) -> Answer:
    verdict = verdict_from(values)
    facts = (("Mã kiểm tra của tệp (SHA-256)", sha256),)
    if verdict.error:
        return Answer("stop", "Chưa kết luận được về tệp", (verdict.error,), facts)
    if not verdict.findings:
        said = (UNKNOWN_FILE, "Tệp không có chữ ký số nào.", *verdict.notes)
        return Answer("warn", "Tệp không có chữ ký số", said, facts)
    counted = f"Tệp có {text.count(len(verdict.findings))} chữ ký số."
    said = (UNKNOWN_FILE, counted, *verdict.notes)
    if all(one.holds and one.trusted for one in verdict.findings):
        return Answer(
            "warn", "Chữ ký số còn nguyên vẹn, nhưng tệp không do hệ thống này phát hành", said, facts, verdict.findings
        )
    if verdict.holds:
        return Answer("warn", "Nội dung còn nguyên vẹn, người ký chưa được xác nhận", said, facts, verdict.findings)
    return Answer("stop", "Tệp đã bị thay đổi sau khi ký", said, facts, verdict.findings)
