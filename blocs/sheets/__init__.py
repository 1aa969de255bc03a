"""Tables people bring and take: reading with row-level faults, previews, templates, writing."""

from blocs.sheets.cells import CellRefused, as_number, as_text, as_whole, as_yes_no
from blocs.sheets.grids import SheetRefused
from blocs.sheets.preview import Preview
from blocs.sheets.reading import Column, Fault, Line, Reading, header_key, read_path, read_table
from blocs.sheets.writing import Sheet, template, write_csv, write_xlsx

__all__ = [
    "CellRefused",
    "Column",
    "Fault",
    "Line",
    "Preview",
    "Reading",
    "Sheet",
    "SheetRefused",
    "as_number",
    "as_text",
    "as_whole",
    "as_yes_no",
    "header_key",
    "read_path",
    "read_table",
    "template",
    "write_csv",
    "write_xlsx",
]
