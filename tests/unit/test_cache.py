"""What need not be made again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studyguide.artifacts import Publication
from studyguide.cache import MOST_RECORDS, BuildCache, digest, digest_file, digest_folders, fingerprint
from studyguide.diagnostics import SourceSpan, warning
from studyguide.model.guide import Audience, Paper

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE = warning(SourceSpan(path=Path("sessions/01.md"), line=3), "a picture has no alternative text", "add some")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Give a build folder with one finished file."""
    (tmp_path / "01.pdf").write_bytes(b"%PDF one")
    return tmp_path


def _publication(output: Path) -> Publication:
    return Publication(
        path=output / "01.pdf",
        source=Path("sessions/01.md"),
        paper=Paper.A4,
        audience=Audience.RECORD,
        page_count=3,
        passes=2,
        milliseconds=900,
        is_cached=False,
        warnings=(NOTE,),
    )


def test_a_publication_is_recalled_as_cached_with_its_warnings(output: Path) -> None:
    """The same document over the same file needs no run, and says again what there was to say."""
    cache = BuildCache(output)
    cache.remember_publication("document", b"%PDF one", _publication(output))
    recalled = cache.recall_publication(output / "01.pdf", "document")

    assert recalled is not None
    assert (recalled.is_cached, recalled.passes, recalled.page_count, recalled.warnings) == (True, 0, 3, (NOTE,))


@pytest.mark.parametrize("content", [b"%PDF edited by hand", None])
def test_a_changed_or_lost_file_is_made_again(output: Path, content: bytes | None) -> None:
    """A PDF that is not as we left it does not count."""
    cache = BuildCache(output)
    cache.remember_publication("document", b"%PDF one", _publication(output))
    if content is None:
        (output / "01.pdf").unlink()
    else:
        (output / "01.pdf").write_bytes(content)

    assert cache.recall_publication(output / "01.pdf", "document") is None


def test_another_document_is_made_anew(output: Path) -> None:
    """A record holds for its own document only."""
    cache = BuildCache(output)
    cache.remember_publication("document", b"%PDF one", _publication(output))

    assert cache.recall_publication(output / "01.pdf", "another") is None


def test_a_request_is_recalled_until_a_source_changes(output: Path) -> None:
    """An equal request with equal sources needs nothing; a changed byte needs all."""
    source = output / "source.md"
    source.write_text("one")
    cache = BuildCache(output)
    cache.remember_publication("document", b"%PDF one", _publication(output))
    cache.remember_request("build", {source: digest_file(source)}, [output / "01.pdf"], [NOTE])
    before = cache.recall_request("build")
    source.write_text("two")

    assert before is not None
    assert [each.path for each in before[0]] == [output / "01.pdf"]
    assert before[1] == (NOTE,)
    assert cache.recall_request("build") is None
    assert cache.recall_request("another") is None


def test_a_request_is_not_recalled_when_another_took_its_place(output: Path) -> None:
    """Two papers have one file's name when each is asked for by itself: what stands there is of the last one."""
    cache = BuildCache(output)
    for paper in ("letter", "a4"):
        (output / "01.pdf").write_bytes(f"%PDF {paper}".encode())
        cache.remember_publication(paper, f"%PDF {paper}".encode(), _publication(output))
        cache.remember_request(paper, {}, [output / "01.pdf"], [])

    assert cache.recall_request("letter") is None
    assert cache.recall_request("a4") is not None


def test_a_request_is_recalled_under_the_same_circumstances_only(output: Path) -> None:
    """What another engine or another program made is made again, and is still known when the first comes back."""
    cache = BuildCache(output, circumstances="one engine")
    cache.remember_publication("document", b"%PDF one", _publication(output))
    cache.remember_request("build", {}, [output / "01.pdf"], [NOTE])

    assert BuildCache(output, circumstances="another engine").recall_request("build") is None
    assert BuildCache(output, circumstances="one engine").recall_request("build") is not None


def test_a_request_without_a_record_is_not_recalled(output: Path) -> None:
    """Where a record could not be written nobody knows what stands there."""
    cache = BuildCache(output)
    cache.remember_request("build", {}, [output / "01.pdf"], [])

    assert cache.recall_request("build") is None


def test_a_damaged_record_is_no_record(output: Path) -> None:
    """Whatever stands in the records, the worst is a new build."""
    cache = BuildCache(output)
    cache.remember_publication("document", b"%PDF one", _publication(output))
    cache.remember_auxiliary(output / "01.pdf", b"\\relax")
    for path in (output / ".studyguide").rglob("*.*"):
        path.write_bytes(b'{"publication": 7, "inputs"')

    assert cache.recall_publication(output / "01.pdf", "document") is None
    assert cache.recall_auxiliary(output / "01.pdf") is None


def test_notes_of_the_engine_come_back_whole(output: Path) -> None:
    """The auxiliary file is given back byte for byte."""
    cache = BuildCache(output)
    cache.remember_auxiliary(output / "01.pdf", b"\\relax\n\\gdef\\total{8}\n")

    assert cache.recall_auxiliary(output / "01.pdf") == b"\\relax\n\\gdef\\total{8}\n"


def test_a_new_file_in_a_folder_changes_its_digest(tmp_path: Path) -> None:
    """A folder's digest is that of its names, hidden ones are not looked into."""
    (tmp_path / "sessions").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").touch()
    before = digest_folders([tmp_path])
    (tmp_path / "sessions" / "02.md").touch()
    after = digest_folders([tmp_path])

    assert before[tmp_path / "sessions"] != after[tmp_path / "sessions"]
    assert tmp_path / ".git" / "index" not in before


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """Make a folder with a font in a folder, a link that leads nowhere, and one that leads back."""
    folder = tmp_path / "fonts"
    (folder / "truetype").mkdir(parents=True)
    (folder / "truetype" / "wells.ttf").write_bytes(b"glyphs")
    (folder / "gone").symlink_to("nowhere")
    (folder / "round").symlink_to(folder)
    return folder


@pytest.mark.parametrize(
    "change",
    [
        lambda fonts: (fonts / "truetype" / "wells.ttf").write_bytes(b"other glyphs"),
        lambda fonts: os.utime(fonts / "truetype" / "wells.ttf", ns=(1, 1)),
        lambda fonts: (fonts / "truetype" / "wells.ttf").unlink(),
        lambda fonts: (fonts / "truetype" / "rain.ttf").touch(),
        lambda fonts: (fonts / "truetype").rename(fonts / "opentype"),
        lambda fonts: (fonts / "truetype" / "rain").mkdir(),
    ],
)
def test_a_fingerprint_changes_with_the_files(fonts: Path, change: Callable[[Path], object]) -> None:
    """Size, date, coming and going are seen without reading a byte."""
    before = fingerprint([fonts])
    assert fingerprint([fonts]) == before
    change(fonts)

    assert fingerprint([fonts]) != before


def test_a_fingerprint_is_of_what_can_be_seen(fonts: Path) -> None:
    """Caches that somebody puts beside the files are no change, nor is what was missing and is missing."""
    before = fingerprint([fonts, fonts / "gone", fonts / "truetype" / "wells.ttf"])
    (fonts / "truetype" / ".uuid").touch()
    (fonts / "__pycache__").mkdir()

    assert fingerprint([fonts, fonts / "gone", fonts / "truetype" / "wells.ttf"]) == before
    assert fingerprint([fonts]) != fingerprint([fonts, fonts / "other"])


def test_a_digest_tells_where_parts_end() -> None:
    """The same bytes cut elsewhere are another whole."""
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"])
    assert digest([]) == hashlib.sha256().hexdigest()


def test_records_do_not_grow_without_end(output: Path) -> None:
    """A folder that is built for years keeps the newest records."""
    folder = output / ".studyguide" / "records"
    folder.mkdir(parents=True)
    for number in range(MOST_RECORDS + 3):
        record = folder / f"{number}.json"
        record.touch()
        os.utime(record, ns=(number, number))
    BuildCache(output).remember_request("all", {}, [], [])
    left = {int(each.stem) for each in folder.iterdir()}
    assert left == set(range(3, MOST_RECORDS + 3))
