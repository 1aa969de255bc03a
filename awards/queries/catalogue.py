"""The catalogue as its pages show it: awards with their conditions, papers, and what has still to be confirmed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from awards.models import Award, AwardRule, DossierPaper
from blocs import text
from blocs.models import Authority


@dataclass(frozen=True)
class Entry:
    """One award with its conditions, ready to print."""

    award: Award
    rules: tuple[AwardRule, ...]
    ended: tuple[AwardRule, ...]

    @property
    def papers(self) -> str:
        """The papers that a dossier must hold."""
        labels = [str(DossierPaper.Kind(kind).label) for kind in self.award.required_papers]
        return "; ".join(labels) or "không quy định"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the catalogue says about the award."""
        award = self.award
        until = f" đến {text.date(award.valid_to)}" if award.valid_to else ""
        most = text.count(award.most_per_bloc) if award.most_per_bloc else "theo văn bản hướng dẫn của năm"
        return [
            ("Mã", award.code),
            ("Loại", f"{award.get_kind_display()}, {award.get_level_display().lower()}"),
            ("Dành cho", award.get_recipient_display()),
            ("Căn cứ", award.legal_basis or "chưa ghi"),
            ("Hiệu lực", f"từ {text.date(award.valid_from)}{until}"),
            ("Số đề nghị tối đa của một khối", most),
            ("Tài liệu bắt buộc", self.papers),
            ("Người xác nhận", award.confirmed_by or "Cần xác nhận"),
        ]

    @property
    def to_confirm(self) -> int:
        """How many things of it nobody has confirmed."""
        return (not self.award.is_confirmed) + sum(not rule.is_confirmed for rule in self.rules)


def catalogue(authority: Authority, on: dt.date) -> list[Entry]:
    """Return every award that the authority's blocs know, with its conditions, in two queries."""
    ours = Q(authority=None) | Q(authority=authority)
    rules: dict[int, list[AwardRule]] = {}
    for rule in AwardRule.objects.filter(ours).select_related("award"):
        rules.setdefault(rule.award_id, []).append(rule)
    return [_entry(award, rules.get(award.pk, []), on) for award in Award.objects.filter(ours)]


def _entry(award: Award, rules: list[AwardRule], on: dt.date) -> Entry:
    ended = tuple(rule for rule in rules if rule.effective_to is not None and rule.effective_to < on)
    return Entry(award, tuple(rule for rule in rules if rule not in ended), ended)


def entry_of(award: Award, authority: Authority, on: dt.date) -> Entry:
    """Return one award with its conditions."""
    ours = Q(authority=None) | Q(authority=authority)
    return _entry(award, list(award.rules.filter(ours).select_related("award")), on)
