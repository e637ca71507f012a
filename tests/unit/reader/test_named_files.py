"""Files that a guide names: pictures, inserts, the logo; only its own, and only of kinds that can be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from manuscripts import (
    GUIDE,
    HEADER,
    JPEG,
    PDF,
    PNG,
    list_problems,
    problems_in_body,
    problems_of,
    read_text,
    write_guide,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "content"), [("well.png", PNG), ("well.jpg", JPEG), ("well.pdf", PDF), ("odd.txt", PNG)]
)
def test_accepts_pictures_by_their_first_bytes(tmp_path: Path, name: str, content: bytes) -> None:
    """What a file is, not what it is called."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / name).write_bytes(content)
    assert problems_in_body(tmp_path, f"![Well](images/{name})\n![Well](../images/{name})\n") == []


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("images/wall.png", 'there is no such picture: "images/wall.png"\n    hint: did you mean `well.png`?'),
        ("imgs/well.png", 'there is no such picture: "imgs/well.png"\n    hint: there is no folder `imgs`'),
        ("images", 'there is no such picture: "images"'),
        ("/etc/passwd", "the picture's path is not one in the guide's folder: \"/etc/passwd\""),
        ("../../etc/passwd", 'the picture leaves the guide\'s folder: "../etc/passwd"'),
        ("images/../../a.png", 'the picture leaves the guide\'s folder: "images/../../a.png"'),
        ("images/out.png", 'the picture leaves the guide\'s folder: "images/out.png"'),
        ("https://example.org/a.png", 'the picture is not in the guide\'s folder: "https://example.org/a.png"'),
        ("data:image/png;base64,aaaa", "the picture is not in the guide's folder"),
        ("file:///etc/passwd", "the picture is not in the guide's folder"),
        ("images/well%00.png", "the picture's path is not one in the guide's folder"),
        ("images/a.svg", 'the picture is SVG: "images/a.svg"\n    hint: export it as PNG, JPEG or PDF'),
        ("images/a.gif", 'the picture is GIF: "images/a.gif"\n    hint: export it as PNG'),
        ("images/a.webp", 'the picture is WebP: "images/a.webp"\n    hint: export it as PNG'),
        ("images/a.heic", 'the picture is HEIC: "images/a.heic"\n    hint: export it as PNG'),
        ("images/a.txt", 'the picture is no kind of file that is known here: "images/a.txt"'),
        ("images/empty.png", 'the picture is empty: "images/empty.png"'),
    ],
)
def test_explains_a_picture_that_cannot_be_used(tmp_path: Path, path: str, problem: str) -> None:
    """Missing, elsewhere, or of another kind: at the place that names it."""
    guide = tmp_path / "guide"
    images = guide / "images"
    images.mkdir(parents=True)
    (tmp_path / "a.png").write_bytes(PNG)
    (images / "out.png").symlink_to(tmp_path / "a.png")
    for name, content in {
        "well.png": PNG,
        "a.svg": b"<svg xmlns=",
        "a.gif": b"GIF89a",
        "a.webp": b"RIFF\0\0\0\0WEBPVP8 ",
        "a.heic": b"\0\0\0\x18ftypheic",
        "a.txt": b"words",
        "empty.png": b"",
    }.items():
        (images / name).write_bytes(content)
    (found,) = problems_in_body(guide, f"See ![Well]({path})\n")
    assert found.startswith(f"guide/sessions/01-well.md:8:5: error: {problem}")


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ("inserts/map.pdf", (None, None)),
        ("inserts/map.pdf#3", (3, 3)),
        ("inserts/map.pdf#1-2", (1, 2)),
        ("inserts/map.pdf#page=2", (2, 2)),
        ("inserts/map.pdf#1–2", (1, 2)),
    ],
)
def test_reads_inserts_with_their_pages(tmp_path: Path, typed: str, pages: tuple[int | None, int | None]) -> None:
    """A whole PDF, one page, or some of its pages."""
    (tmp_path / "inserts").mkdir()
    (tmp_path / "inserts" / "map.pdf").write_bytes(PDF)
    session = read_text(tmp_path, HEADER.replace("pages:", f'inserts: ["{typed}"]\npages:')).guide.sessions[0]
    assert [(each.path, (each.first, each.last)) for each in session.inserts] == [("inserts/map.pdf", pages)]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("inserts/maps.pdf", 'there is no such insert: "inserts/maps.pdf"\n    hint: did you mean `map.pdf`?'),
        ("inserts/map.pdf#2-1", '`inserts` ends before it begins: "inserts/map.pdf#2-1"'),
        ("inserts/map.pdf#0", '`inserts` ends before it begins: "inserts/map.pdf#0"'),
        ("inserts/map.pdf#all", '`inserts` names pages that cannot be read: "inserts/map.pdf#all"'),
        ("../map.pdf", "the insert leaves the guide's folder"),
        ("/map.pdf", "the insert's path is not one in the guide's folder"),
        ("inserts/well.png", 'the insert is PNG: "inserts/well.png"\n    hint: export it as PDF'),
    ],
)
def test_explains_an_insert_that_cannot_be_used(tmp_path: Path, typed: str, problem: str) -> None:
    """At the item of the list that names it."""
    (tmp_path / "inserts").mkdir()
    (tmp_path / "inserts" / "map.pdf").write_bytes(PDF)
    (tmp_path / "inserts" / "well.png").write_bytes(PNG)
    (found,) = problems_of(tmp_path, HEADER.replace("pages:", f"inserts:\n  - inserts/map.pdf\n  - {typed}\npages:"))
    assert found.startswith(f"guide/sessions/01-well.md:8:5: error: {problem}")


def test_the_logo_is_checked_where_it_is_named(tmp_path: Path) -> None:
    """A logo is a picture of the guide's folder."""
    (tmp_path / "logo.gif").write_bytes(b"GIF89a")
    write_guide(tmp_path, guide=GUIDE.replace("language: en", "logo: logo.gif"))
    (problem,) = list_problems(tmp_path)
    assert problem.startswith('guide/guide.md:5:7: error: the logo is GIF: "logo.gif"\n    hint: export it as PNG')
