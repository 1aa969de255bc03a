"""What the signatures of a PDF prove, in plain words; read in a process of its own with limits on time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

SECONDS = 180
_ROOT = Path(__file__).resolve().parents[2]
UNREADABLE = "Tệp không phải PDF đọc được, hoặc bị hỏng."
TOO_LONG = "Chưa kiểm tra được tệp trong thời gian và bộ nhớ cho phép; chưa kết luận được về chữ ký."


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One signature: its field, who and when as the file says, and what holds. `sentence` says it for the page."""

    field: str
    signer: str
    issuer: str
    signed_at: str
    intact: bool
    trusted: bool
    revoked: bool
    expired: bool
    covers: bool
    changed_after: bool
    sentence: str

    @property
    def holds(self) -> bool:
        """Whether nothing was changed since, whoever signed."""
        return self.intact and not self.changed_after


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Everything that was found in a file; `error` says why nothing could be, `notes` what else is in it."""

    findings: tuple[Finding, ...] = ()
    pages: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether there are signatures and all of them hold."""
        return bool(self.findings) and all(one.holds for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values, to be stored."""
        return asdict(self)


def verdict_from(values: dict[str, Any]) -> Verdict:
    """The verdict that `as_json` made these values from."""
    findings = tuple(Finding(**one) for one in values.get("findings", ()))
    rest = {name: values[name] for name in ("pages", "error", "digests") if name in values}
    return Verdict(findings=findings, notes=tuple(values.get("notes", ())), **rest)


def examine_apart(content: bytes, trust: Path, *, seconds: int = SECONDS) -> Verdict:
    """Examine a PDF in a process of its own: whatever the file does, it ends after so many seconds."""
    command = [sys.executable, "-m", "documents.sealing.examining", str(trust), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, the file goes in by its standard input
            command, input=content, capture_output=True, timeout=seconds + 10, cwd=_ROOT, check=False
        )
        return verdict_from(json.loads(done.stdout)) if done.returncode == 0 else Verdict(error=TOO_LONG)
    except (subprocess.TimeoutExpired, json.JSONDecodeError, UnicodeDecodeError):
        return Verdict(error=TOO_LONG)
