"""What official papers are made of in the database."""

from documents.models.copies import CopyDigest, Examination, PublicCopy
from documents.models.papers import Document, DocumentQuerySet

__all__ = ["CopyDigest", "Document", "DocumentQuerySet", "Examination", "PublicCopy"]
