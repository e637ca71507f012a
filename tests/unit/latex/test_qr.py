"""The QR code: its modules are a code that a reader understands."""

from __future__ import annotations

from studyguide.latex.qr import qr_modules

FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")
ADDRESS = "https://example.org/vote"


def test_a_code_is_square_and_has_its_three_finders() -> None:
    """Rows are as many as modules in a row, with no quiet zone: finder patterns stand in the corners."""
    rows = qr_modules(ADDRESS).split(",")
    size = len(rows)
    assert size == 25
    assert all(len(row) == size and set(row) == {"0", "1"} for row in rows)
    assert tuple(row[:7] for row in rows[:7]) == FINDER
    assert tuple(row[-7:] for row in rows[:7]) == FINDER
    assert tuple(row[:7] for row in rows[-7:]) == FINDER


def test_a_code_corrects_fifteen_percent() -> None:
    """The format information says level M (ISO/IEC 18004, 7.9): the first two bits, unmasked, are 00."""
    row = qr_modules(ADDRESS).split(",")[8]
    level = int(row[:2], 2) ^ 0b10
    assert level == 0b00


def test_the_same_address_gives_the_same_code() -> None:
    """Two builds of one handout are alike."""
    assert qr_modules(ADDRESS) == qr_modules(ADDRESS)
    assert qr_modules(ADDRESS) != qr_modules(ADDRESS + "s")


def test_an_address_that_no_code_holds_has_none() -> None:
    """Beyond 2,331 bytes the address is printed alone."""
    assert qr_modules("https://example.org/" + "x" * 2311)
    assert qr_modules("https://example.org/" + "x" * 2400) == ""
