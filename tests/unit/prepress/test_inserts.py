"""Whatever an author names as an insert, the answer is a sentence at the place where it was named."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfs import SmallPage, SmallPdf, encrypted, raw_pdf, small_pdf, stream
from prepress_documents import SPAN, insert

from studyguide.diagnostics import Severity
from studyguide.prepress import check_inserts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAP = small_pdf("Wells of the old town", "Wells of the new town")


def complaint(source: Path, first: int | None = None, last: int | None = None) -> tuple[str, str]:
    """Give the message about an insert, without the words that all share, and the hint."""
    (problem,) = check_inserts((insert(source, first, last),))
    assert problem.span == SPAN
    assert problem.severity is Severity.ERROR
    before, _, message = problem.message.partition('", which ')
    assert before.startswith('`inserts` names "')
    return message, problem.hint


def written(folder: Path, content: bytes) -> Path:
    """Put a file where an author would."""
    path = folder / "inserts" / "map.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_a_sound_pdf_is_accepted(tmp_path: Path) -> None:
    """Whole, or a range of it."""
    path = written(tmp_path, MAP)
    assert check_inserts((insert(path), insert(path, 2, 2), insert(path, 1, 2))) == ()


def test_a_missing_file(tmp_path: Path) -> None:
    """The hint says where it was looked for."""
    path = tmp_path / "inserts" / "map.pdf"
    assert complaint(path) == ("does not exist", f"put it at {path}")


def test_the_message_shows_the_name_as_authors_write_it(tmp_path: Path) -> None:
    """Folder and file, not the path of somebody's home."""
    (problem,) = check_inserts((insert(tmp_path / "inserts" / "map.pdf"),))
    assert problem.message == '`inserts` names "inserts/map.pdf", which does not exist'


def test_a_folder(tmp_path: Path) -> None:
    """A folder of PDFs is not an insert."""
    assert complaint(tmp_path) == ("is a folder", "name one PDF file in it")


def test_a_symbolic_link(tmp_path: Path) -> None:
    """A link may lead out of the guide: it is not followed."""
    path = tmp_path / "link.pdf"
    path.symlink_to(written(tmp_path, MAP))
    assert complaint(path)[0] == "is a symbolic link"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A named pipe has nothing to say and is not asked."""
    path = tmp_path / "pipe.pdf"
    os.mkfifo(path)
    assert complaint(path)[0] == "is not a file"


def test_something_else_called_pdf(tmp_path: Path) -> None:
    """The content decides, not the name."""
    assert complaint(written(tmp_path, b"Dear Ana, here is the map")) == (
        "is not a PDF",
        "export or print it as a PDF and name that one",
    )


def test_an_empty_file(tmp_path: Path) -> None:
    """Nothing is not a PDF."""
    assert complaint(written(tmp_path, b""))[0] == "is not a PDF"


def test_half_a_pdf(tmp_path: Path) -> None:
    """A download that broke off is told from a file that is damaged inside."""
    assert complaint(written(tmp_path, MAP[: len(MAP) // 2])) == (
        "is cut short: its end is missing",
        "copy or download it again",
    )


@pytest.mark.parametrize("password", ["", "the well"])
def test_an_encrypted_pdf(tmp_path: Path, password: str) -> None:
    """Protected is protected, even if everybody may read it."""
    message, hint = complaint(written(tmp_path, encrypted(MAP, password)))
    assert message == "is encrypted"
    assert hint.startswith("take the protection off")


@pytest.mark.parametrize(
    "how",
    [
        "/Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O () /U () /OE () /UE () /Perms ()",
        "/Filter /Acme.Rights /V 4",
        "/Filter /Standard /V 4 /R 4 /CF << /StdCF << /CFM /AESV2 >> >> /StmF /StdCF /StrF /StdCF /P -4 /O () /U ()",
    ],
)
def test_encryption_of_any_kind(tmp_path: Path, how: str) -> None:
    """Ways of encryption that cannot be read are named all the same."""
    content = SmallPdf(pages=[SmallPage(text="map")], trailer=f"/Encrypt << {how} >> /ID [<00> <00>]").write()
    assert complaint(written(tmp_path, content))[0] == "is encrypted"


def test_pages_that_are_not_there(tmp_path: Path) -> None:
    """The message says how many pages there are."""
    path = written(tmp_path, MAP)
    assert complaint(path, 2, 5) == ("has 2 pages, and pages 2-5 of it are asked for", "count its pages from 1")
    assert complaint(path, 3, 3)[0] == "has 2 pages, and page 3 of it is asked for"
    assert complaint(written(tmp_path, small_pdf("one")), 2, 2)[0] == "has 1 page, and page 2 of it is asked for"


def test_no_pages_at_all(tmp_path: Path) -> None:
    """A PDF may have no page; an insert may not."""
    assert complaint(written(tmp_path, small_pdf()))[0] == "has no pages"


def test_a_file_of_many_megabytes(tmp_path: Path) -> None:
    """Size is looked at before content."""
    path = written(tmp_path, MAP)
    os.truncate(path, 60_000_000)
    message, hint = complaint(path)
    assert message == "is too large: 60 MB, at most 25 MB are bound in"
    assert hint.startswith("reduce it")


def test_too_many_pages(tmp_path: Path) -> None:
    """A whole book is not bound in by mistake, a chapter of it is."""
    path = written(tmp_path, small_pdf(*["page"] * 250))
    assert complaint(path) == ("would add 250 pages; at most 200 are bound in", "ask for a range, as in #1-8")
    assert check_inserts((insert(path, 41, 60),)) == ()


@pytest.mark.parametrize("off", ["/BaseState /OFF", "/OFF [90 0 R]"])
def test_hidden_layers(tmp_path: Path, off: str) -> None:
    """What the author does not see must not be printed."""
    content = SmallPdf(
        pages=[SmallPage(text="map")],
        objects={90: b"<< /Type /OCG /Name (secret spring) >>"},
        catalog=f"/OCProperties << /OCGs [90 0 R] /D << {off} >> >>",
    ).write()
    assert complaint(written(tmp_path, content))[0] == "has layers that are switched off and would be printed"


@pytest.mark.parametrize("size", [(0, 792), (612, 200_000), (1, 1)])
def test_a_page_without_a_sensible_size(tmp_path: Path, size: tuple[float, float]) -> None:
    """A page of no size or of kilometres cannot be fitted on paper."""
    assert complaint(written(tmp_path, small_pdf("map", size=size)))[0] == "has a page without a sensible size"


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """One run shows what is wrong with every insert."""
    problems = check_inserts((insert(tmp_path / "a.pdf"), insert(written(tmp_path, MAP)), insert(tmp_path)))
    assert [problem.message.partition(", which ")[2] for problem in problems] == ["does not exist", "is a folder"]


def nested_arrays() -> bytes:
    """Write an array of an array of an array, deeper than any call stack."""
    return SmallPdf(
        pages=[SmallPage(text="map", resources="/ColorSpace << /C 90 0 R >>")],
        objects={90: b"[" * 50_000 + b"]" * 50_000},
    ).write()


def chained_forms() -> bytes:
    """Write forms that draw forms that draw forms, each an object of its own."""
    forms = {
        number: stream(b"/X Do", f"/Type /XObject /Subtype /Form /Resources << /XObject << /X {number + 1} 0 R >> >>")
        for number in range(100, 5000)
    }
    page = SmallPage(text="map", resources="/XObject << /X 100 0 R >>")
    return SmallPdf(pages=[page], objects=forms | {5000: stream(b"")}).write()


def packed_zeros() -> bytes:
    """Write a page whose content unpacks to a hundred megabytes."""
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(10)) + packer.flush()
    return raw_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
            4: stream(packed, "/Filter /FlateDecode"),
        }
    )


def page_tree_loop() -> bytes:
    """Write a page tree that contains itself."""
    return raw_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 2 /Kids [3 0 R] >>",
            3: b"<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R] >>",
        }
    )


def many_kids() -> bytes:
    """Write a page tree that names one page a million times."""
    return raw_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 1000000 /Kids [" + b"3 0 R " * 1_000_000 + b"] >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
        }
    )


def missing_catalog() -> bytes:
    """Write a file whose first object is no catalog."""
    return raw_pdf({1: b"(nothing here)"})


def wrong_types() -> bytes:
    """Write a page that has words where it should have numbers and boxes."""
    return SmallPdf(pages=[SmallPage(text="map", entries="/CropBox (large) /Rotate (a bit) /UserUnit [1]")]).write()


@pytest.mark.parametrize(
    "build",
    [nested_arrays, chained_forms, packed_zeros, page_tree_loop, many_kids, missing_catalog, wrong_types],
)
def test_a_pdf_made_to_do_damage_is_refused(tmp_path: Path, build: Callable[[], bytes]) -> None:
    """Depth, size, loops and nonsense end in a sentence."""
    message, hint = complaint(written(tmp_path, build()))
    assert message.startswith("is damaged")
    assert hint == "open it in a PDF viewer, print it to a new PDF and name that one"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(min_value=0, max_value=len(MAP) - 1), st.integers(0, 255)), min_size=1, max_size=30)
)
def test_a_pdf_with_wrong_bytes_is_used_or_refused(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    """Damage anywhere gives diagnostics or none, never a crash."""
    content = bytearray(MAP)
    for position, value in changes:
        content[position] = value
    assert len(check_inserts((insert(written(tmp_path, bytes(content))),))) <= 1
