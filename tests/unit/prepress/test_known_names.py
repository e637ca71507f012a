"""A file is plain when every name in it is known, wherever a name might hide."""

from __future__ import annotations

import pytest
from described_pdfs import described_pdf, titled
from pdfs import stream

from studyguide.prepress.known_names import has_only_known_names

PLAIN = described_pdf()


def test_what_our_class_writes_is_plain() -> None:
    """So is a picture with the usual names in it."""
    picture = stream(
        b"0 0 m", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /ExtGState << /GS1 5 0 R >> >>"
    )
    assert has_only_known_names(PLAIN)
    assert has_only_known_names(described_pdf(objects={95: picture}))


@pytest.mark.parametrize(
    "added",
    [
        b"<< /AA 5 0 R >>",
        b"<</JS(x)>>",
        b"<< /#41A 5 0 R >>",
        b"<< /F (path) >>",
        b"<< /Creator (Draw 1.0) >>",
        b"<< /Metadata 5 0 R >>",
        b"(a) /AA (b)",
        b"(a \\) b) /AA",
        b"(a (b) c) /AA",
        b"(a \\\\) /AA (b)",
        b"(stream\n) /AA (endstream)",
        b"((( /AA )))",
        b"% >> stream\n/AA",
    ],
)
def test_a_name_that_is_not_known_is_found(added: bytes) -> None:
    """After strings of every form, in a dictionary or alone."""
    assert not has_only_known_names(PLAIN.replace(b"endobj\n", b"endobj\n" + added + b"\n", 1))


@pytest.mark.parametrize("title", ["/AA", "a (b", "a) /JS (", "\\"])
def test_what_an_author_writes_is_no_name(title: str) -> None:
    """Titles stand in digits, packets in streams, addresses in strings."""
    assert has_only_known_names(described_pdf(titled(title)))
    assert has_only_known_names(PLAIN.replace(b"(s1) >> >>", b"(https://example.org/AA\\(1\\)) >> >>"))
