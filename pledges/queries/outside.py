"""The file that goes round to be signed in other software: which one is current, and whose signatures a file lacks."""

from collections.abc import Iterator

from blocs.models import StoredFile
from documents.sealing.verdicts import Verdict, verdict_from
from pledges.models import Pledge, SigningFile

_KEPT = (SigningFile.State.PREPARED, SigningFile.State.ACCEPTED)


def kept_files(pledge: Pledge) -> list[SigningFile]:
    """The file as it was made and after each signature that was accepted, for the text that is frozen now."""
    rows = pledge.signing_files.filter(state__in=_KEPT, digest=pledge.digest)
    return list(rows.select_related("file", "membership").order_by("pk"))


def current_file(pledge: Pledge) -> SigningFile | None:
    """The file that the next unit signs; None before it is made."""
    files = kept_files(pledge)
    return files[-1] if files else None


def last_upload(pledge: Pledge) -> SigningFile | None:
    """The last file handed in, whatever became of it."""
    rows = pledge.signing_files.filter(digest=pledge.digest).exclude(state=SigningFile.State.PREPARED)
    return rows.select_related("membership", "file").last()


def content_of(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    with file.file.open("rb") as opened:
        content: bytes = opened.read()
    return content


def lacking(pledge: Pledge, content: bytes) -> tuple[str, ...] | None:
    """Whose signatures a file lacks that does not extend the current one; None when it is not this file at all."""
    files = kept_files(pledge)
    known = [place for place, kept in enumerate(files) if content.startswith(content_of(kept.file))]
    if not known:
        return None
    later = files[known[-1] + 1 :]
    return tuple(dict.fromkeys(str(kept.membership) for kept in later if kept.membership))


def new_findings(verdict: Verdict, before: SigningFile) -> Iterator[tuple[str, str, str]]:
    """The signatures that a file has and the one before had not: field, signer, sentence. The system's own is left out."""
    known = {one.field for one in verdict_from(before.verdict or {}).findings} | {"He-thong"}
    for one in verdict.findings:
        if one.field not in known:
            yield one.field, one.signer, one.sentence
