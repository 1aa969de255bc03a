"""Reading the signatures of one PDF. Run as a program: the file on standard input, the verdict as JSON on the output."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any

from documents.sealing.verdicts import UNREADABLE, Finding, Verdict

MOST_PAGES, MOST_SIGNATURES = 400, 120
MEMORY = 2 * 1024**3
_JAVASCRIPT = (b"/JavaScript", b"/Launch", b"/JS ")


def examine(content: bytes, trust: Path) -> Verdict:
    """Say of each signature whether it is intact, covers the file, and leads to an installed root; touches no network."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        pages = int(reader.root["/Pages"]["/Count"])
        if pages > MOST_PAGES:
            return Verdict(pages=pages, error=f"Tệp có {pages} trang, nhiều hơn {MOST_PAGES} trang được kiểm tra.")
        embedded = list(reader.embedded_signatures)[:MOST_SIGNATURES]
    except Exception:  # noqa: BLE001 - a hostile file may raise anything; the answer is the same
        return Verdict(error=UNREADABLE)
    context = _context(trust)
    findings = tuple(_finding(one, context, content) for one in embedded)
    return Verdict(findings=findings, pages=pages, notes=tuple(_notes(reader, content)))


def _context(trust: Path) -> dict[str, Any]:
    """The roots and revocation lists that the operator installed."""
    from asn1crypto import crl, pem  # noqa: PLC0415
    from pyhanko.keys import load_certs_from_pemder  # noqa: PLC0415

    roots = list(load_certs_from_pemder(str(path) for path in sorted(trust.glob("*.pem"))))
    lists = []
    for path in sorted(trust.glob("*.crl")):
        raw = path.read_bytes()
        lists.append(crl.CertificateList.load(pem.unarmor(raw)[2] if pem.detect(raw) else raw))
    return {"roots": roots, "lists": lists}


def _finding(embedded: Any, context: dict[str, Any], content: bytes) -> Finding:
    """One signature judged; whatever breaks while it is read counts against it."""
    certificate = None
    with contextlib.suppress(Exception):
        certificate = embedded.signer_cert
    try:
        status = _status(embedded, certificate, context)
    except Exception:  # noqa: BLE001 - a broken signature is not intact
        status = None
    return _worded(embedded, certificate, status, content)


def _status(embedded: Any, certificate: Any, context: dict[str, Any]) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415
    from pyhanko_certvalidator.policy_decl import (  # noqa: PLC0415
        CertRevTrustPolicy,
        RevocationCheckingPolicy,
        RevocationCheckingRule,
    )

    rule = RevocationCheckingRule.CHECK_IF_DECLARED
    if any(one.issuer == certificate.issuer for one in context["lists"]):
        rule = RevocationCheckingRule.CRL_REQUIRED
    policy = CertRevTrustPolicy(RevocationCheckingPolicy(rule, RevocationCheckingRule.CHECK_IF_DECLARED))
    validation = ValidationContext(
        trust_roots=context["roots"], crls=context["lists"], allow_fetching=False, revinfo_policy=policy
    )
    return validate_pdf_signature(embedded, validation)


def _worded(embedded: Any, certificate: Any, status: Any, content: bytes) -> Finding:
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel as Level  # noqa: PLC0415

    facts: dict[str, Any] = dict.fromkeys(("intact", "trusted", "revoked", "expired", "covers", "changed_after"), False)
    if status is not None:
        facts["intact"] = bool(status.intact and status.valid) and padding_is_bare(embedded, content)
        facts["trusted"], facts["revoked"] = bool(status.trusted), bool(status.revoked)
        facts["covers"] = status.coverage in {Level.ENTIRE_FILE, Level.ENTIRE_REVISION}
        other = status.modification_level == ModificationLevel.OTHER or status.docmdp_ok is False
        facts["changed_after"] = other or not facts["covers"]
        facts["expired"] = "EXPIRED" in str(status.trust_problem_indic or "").upper()
    if certificate is not None and not facts["trusted"]:
        facts["expired"] = facts["expired"] or _is_over(certificate)
    said = None
    with contextlib.suppress(Exception):
        said = embedded.self_reported_timestamp
    return Finding(
        field=str(embedded.field_name)[:100],
        signer=_name(certificate.subject if certificate else None),
        issuer=_name(certificate.issuer if certificate else None),
        signed_at=said.isoformat() if said else "",
        sentence=sentence_for(**facts),
        **facts,
    )


def padding_is_bare(embedded: Any, content: bytes) -> bool:
    """Whether the room that a signature leaves over is filled with zeros: the only bytes that no signature covers."""
    first, length, second, _rest = (int(number) for number in embedded.byte_range)
    raw = content[first + length : second].strip(b" \r\n\t")
    digits = raw[1:-1]
    if raw[:1] + raw[-1:] != b"<>" or digits not in {digits.lower(), digits.upper()}:
        return False
    try:
        held = bytes.fromhex(digits.decode())
    except ValueError:
        return False
    return not held[_der_length(held) :].strip(b"\0")


def _der_length(held: bytes) -> int:
    """How many bytes the outermost DER value of these takes, its head included."""
    if held[1] < 0x80:  # noqa: PLR2004 - short form of X.690
        return 2 + held[1]
    size = held[1] & 0x7F
    return 2 + size + int.from_bytes(held[2 : 2 + size]) if size else len(held)


def sentence_for(  # noqa: PLR0911 - one sentence a case, the worst first
    *, intact: bool, trusted: bool, revoked: bool, expired: bool, covers: bool, changed_after: bool
) -> str:
    """The verdict on one signature, the worst thing first."""
    if not intact:
        return "Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký bị hỏng."
    if not covers:
        return "Chữ ký không bao trùm toàn bộ tệp tại thời điểm ký."
    if changed_after:
        return "Phần đã ký còn nguyên, nhưng tệp bị sửa thêm sau khi ký, ngoài các ô ký còn trống."
    if revoked:
        return "Nội dung còn nguyên vẹn, nhưng chứng thư của người ký đã bị thu hồi."
    if expired:
        return "Nội dung còn nguyên vẹn, nhưng chứng thư của người ký đã hết hạn."
    if not trusted:
        return "Nội dung còn nguyên vẹn; chưa xác nhận được người ký vì chứng thư không thuộc các tổ chức chứng thực đã cài."
    return "Nội dung còn nguyên vẹn từ khi ký; chứng thư của người ký thuộc tổ chức chứng thực đã cài."


def _is_over(certificate: Any) -> bool:
    import datetime as dt  # noqa: PLC0415

    return bool(certificate.not_valid_after < dt.datetime.now(dt.UTC))


def _name(name: Any) -> str:
    native = name.native if name is not None else {}
    value = native.get("common_name") or native.get("organization_name") or ""
    return str(value)[:200]


def _notes(reader: Any, content: bytes) -> list[str]:
    notes = []
    if any(mark in content for mark in _JAVASCRIPT):
        notes.append("Tệp có chứa mã lệnh (JavaScript hoặc Launch); không nên mở bằng phần mềm cho phép chạy mã lệnh.")
    if content.find(b"%PDF-", 1024) >= 0 or b"/EmbeddedFile" in content or _embeds(reader):
        notes.append("Tệp có chứa tệp khác bên trong; kết luận này chỉ nói về tệp bên ngoài.")
    return notes


def _embeds(reader: Any) -> bool:
    with contextlib.suppress(Exception):
        return "/EmbeddedFiles" in reader.root.get("/Names", {}) or "/AF" in reader.root
    return False


def main() -> None:
    """Examine what stands on the standard input, with limits on processor time and memory."""
    logging.disable(logging.CRITICAL)
    seconds = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    verdict = examine(sys.stdin.buffer.read(), Path(sys.argv[1]))
    sys.stdout.write(json.dumps(verdict.as_json(), ensure_ascii=False))


if __name__ == "__main__":
    main()
