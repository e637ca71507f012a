"""Tables of highlights: a header row of known names, then one row an entry, parted by comma, semicolon or tab.

Comes in: the text of a CSV file. Goes out: rows by the names of their columns, with the lines that they start on.
Left to others: what the columns mean (`readwise`, `kobo`, `hypothesis`).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.errors import NotesError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DELIMITERS = (",", ";", "\t", "|")
LEAST_COLUMNS = 3
"""A row with fewer cells is no header of such a table."""

LONGEST_HEADER = 4_000
"""A header has no more characters than this; a longer first line is a paragraph."""

_END = "\x03end of the table\x03"
_SEPARATOR_HINT = re.compile(r"sep=.\n", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns in small letters, without spaces and marks; `skipped` lines stand before the rows."""

    names: tuple[str, ...]
    delimiter: str
    skipped: int

    def has(self, *names: str) -> bool:
        """Whether there is a column of each name."""
        return set(names) <= set(self.names)

    def has_any(self, *names: str) -> bool:
        """Whether there is a column of one of the names."""
        return not set(names).isdisjoint(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its cells by their columns' names, the cells that stand in no column, and whether it looks whole."""

    line: int
    cells: Mapping[str, str]
    surplus: tuple[str, ...] = ()
    doubt: str = ""

    def get(self, *names: str) -> str:
        """Give the first cell of these columns that has words, else nothing."""
        return next((cell for name in names if (cell := self.cells.get(name, "")).strip()), "")

    def get_all(self, *names: str) -> str:
        """Give the different words of all these columns, a line each."""
        cells = (self.cells.get(name, "") for name in names)
        return "\n".join(dict.fromkeys(cell for cell in cells if cell.strip()))


def read_headers(text: str) -> tuple[Header, ...]:
    """Read the first line as a header, once for each character that may part its cells."""
    hint = _SEPARATOR_HINT.match(text)
    start = hint.end() if hint is not None else 0
    line = text[start : start + LONGEST_HEADER].split("\n", 1)[0].removeprefix("\ufeff")
    skipped = 1 if hint is None else 2
    headers = (_part_header(line, delimiter, skipped) for delimiter in DELIMITERS if delimiter in line)
    return tuple(header for header in headers if len(header.names) >= LEAST_COLUMNS)


def _part_header(line: str, delimiter: str, skipped: int) -> Header:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    names = tuple(_NOT_IN_NAMES.sub("", cell.casefold()) for cell in cells)
    return Header(names=names, delimiter=delimiter, skipped=skipped)


def read_rows(text: str, header: Header) -> Iterator[Row]:
    """Read the rows below the header; empty ones are passed over.

    Raises:
        NotesError: when a quotation mark that opens a cell is never closed.
    """
    source = io.StringIO(f"{text}\n{_END}\n")
    for _ in range(header.skipped):
        source.readline()
    records = csv.reader(source, delimiter=header.delimiter)
    usual_limit = csv.field_size_limit(len(text) + len(_END) + 2)
    line = header.skipped + 1
    try:
        for record in records:
            if record != [_END] and record and record[-1].rstrip("\n").endswith(_END):
                raise NotesError(
                    f"a quotation mark that opens in line {line} of the table is never closed",
                    hint="close it in that line, or export the table again",
                )
            if record != [_END] and any(cell.strip() for cell in record):
                yield _make_row(header, record, line)
            line = records.line_num + header.skipped + 1
    except csv.Error as problem:
        hint = "export it again, or save it as a table with commas"
        raise NotesError(f"this table cannot be read from line {line} on", hint=hint) from problem
    finally:
        csv.field_size_limit(usual_limit)


def _make_row(header: Header, record: list[str], line: int) -> Row:
    cells: dict[str, str] = {}
    for name, cell in zip(header.names, record, strict=False):
        cells[name] = "\n".join(part for part in (cells.get(name, ""), cell) if part)
    expected, found = len(header.names), len(record)
    doubt = f"the header names {expected} cells, this row has {found}: is it whole?" if found != expected else ""
    return Row(line=line, cells=cells, surplus=tuple(record[expected:]), doubt=doubt)
