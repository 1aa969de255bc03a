"""The evidence sheet: who signed, in which post, when, how, over which digest; with the signed files inside, byte for byte."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from blocs import text
from blocs.audit import record
from blocs.files import PDF, store_bytes
from blocs.models import User
from blocs.notices import notify, people_of
from documents.copying import publish
from documents.models import PublicCopy
from documents.printing import print_pdf
from documents.sealing import has_seal, seal
from pledges.actions.drafting import locked
from pledges.actions.signing import NotAwaitingSignatures
from pledges.gathering import evidence_paper
from pledges.models import Pledge
from pledges.queries import paper_of, unsigned_units
from pledges.queries.outside import content_of, current_file


def make_evidence(pledge: Pledge, *, by: User | None, at: dt.datetime) -> Pledge:
    """Print, seal and keep the evidence sheet of a frozen pledge, with the text and every signed file embedded.

    Takes about a second, outside any transaction. Raises NotAwaitingSignatures (not frozen), PrinterMissing.
    """
    if not pledge.is_frozen:
        raise NotAwaitingSignatures("Giao ước chưa khóa nội dung nên chưa có việc ký để ghi nhận.")
    content = print_pdf(evidence_paper(pledge, at), attachments=_attachments(pledge))
    sealed = has_seal(settings.SEAL_FOLDER)
    if sealed:
        content = seal(content, folder=settings.SEAL_FOLDER, passphrase=settings.SEAL_PASSPHRASE)
    return _keep(pledge, content=content, sealed=sealed, by=by, at=at)


@transaction.atomic
def _keep(pledge: Pledge, *, content: bytes, sealed: bool, by: User | None, at: dt.datetime) -> Pledge:
    pledge = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    name = f"phieu-ghi-nhan-viec-ky-{pledge.year.year}.pdf"
    pledge.evidence = store_bytes(content, name, content_type=PDF, by=by, at=at)
    pledge.save(update_fields=["evidence"])
    paper = paper_of(pledge)
    if paper is not None:
        publish(paper, pledge.evidence, content, sealed=sealed, at=at, what=PublicCopy.What.EVIDENCE)
    record("make_evidence", pledge, by=by, year=pledge.year_id, sha256=pledge.evidence.sha256, digest=pledge.digest)
    return pledge


def _attachments(pledge: Pledge) -> list[tuple[str, bytes]]:
    """The frozen text, the file signed outside, the scans; each once, under names of their own."""
    found = [("giao-uoc.txt", pledge.text.encode())]
    current = current_file(pledge)
    if current is not None:
        found.append((f"ky-so-{current.file.name}", content_of(current.file)))
    scans = {row.scan_id: row.scan for row in pledge.signatures.filter(manner="wet").select_related("scan")}
    found += [(f"ban-chup-{key}-{scan.name}", content_of(scan)) for key, scan in scans.items() if scan]
    return found


@transaction.atomic
def remind_unsigned(pledge: Pledge, *, by: User | None) -> int:
    """Remind the people of every unit that has yet to sign; return how many units. Raises YearClosed."""
    pledge = locked(pledge)
    units = unsigned_units(pledge.year)
    limit = f" (hạn: {text.date(pledge.sign_by)})" if pledge.sign_by else ""
    notify(
        people_of(*(member.unit_id for member in units)),
        kind="pledge_reminder",
        year=pledge.year,
        url=f"/khoi/{pledge.year.bloc.code}/{pledge.year.year}/giao-uoc/",
        text=f"{pledge} chờ đơn vị ký{limit}. Kính đề nghị quý đơn vị ký hoặc ghi lý do chưa ký.",
    )
    record("remind_unsigned", pledge, by=by, year=pledge.year_id, units=[member.unit_id for member in units])
    return len(units)
