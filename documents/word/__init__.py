"""The door to Word: a paper in, the bytes of an editable DOCX out, made from the very HTML that is printed as PDF."""

from documents.word.building import word_file

__all__ = ["word_file"]
