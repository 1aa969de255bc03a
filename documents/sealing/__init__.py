"""The door to pyHanko: the operator's seal on issued papers, fields for signatures made outside, what signatures prove."""

from documents.sealing.keys import has_seal, make_development_keys
from documents.sealing.seals import prepare_fields, revisions_of, seal
from documents.sealing.verdicts import Finding, Verdict, examine_apart

__all__ = [
    "Finding",
    "Verdict",
    "examine_apart",
    "has_seal",
    "make_development_keys",
    "prepare_fields",
    "revisions_of",
    "seal",
]
