"""What official papers are made of in the database."""

from documents.models.copies import CopyDigest, Examination, PublicCopy
from documents.models.papers import Document, DocumentQuerySet
from documents.models.wordings import WordingVersion

__all__ = ["CopyDigest", "Document", "DocumentQuerySet", "Examination", "PublicCopy", "WordingVersion"]
