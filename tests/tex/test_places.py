"""A click on a word of a real page opens the line that it was written on; pages that TeX stumbled on can be seen."""

from __future__ import annotations

import html
import os
import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from manuscripts import GUIDE, HEADER, write_guide
from pypdf import PdfReader
from snapshots import typeset_folder
from tex_documents import CLASSES, FONTS, span_of, tex_document

from studyguide.engine import WarmEngines, compile_document, read_places
from studyguide.errors import CompileError
from studyguide.model.guide import Audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.artifacts import CompiledPdf, TexDocument

TEMPLATES = Path(__file__).parents[2] / "latex_templates"
LIMIT_SECONDS = 300.0
LONG_LIST = "\n".join(f"- The bucket of day {number} was lifted, carried and set down." for number in range(60))
SESSION = f"""{HEADER}
## Maple: the rules of the house
By Rosa Imaginary, pp. 423-441

Oak was the first to come; then came
the others, and hazel last of all.

### Cedar

{LONG_LIST}

- An elm
  1. and a birch
     - and a rowan, “older than baobab” (p. 428)

    with an alder

> Nobody owns a poplar.
>
> — the keeper of the linden

> [!quote]
> What one village can close, two villages together can keep open until the last willow falls.
>
> — Larch, p. 430

> [!note]
> Bring an apple.

| Tree | Height |
|------|-------:|
| aspen | 12 m |

```
grow(spruce)
```

A note stands by the pine.[^fir]

[^fir]: It says: ash.

## Discussion questions
1. Who in our city keeps a cypress without owning it? (10 min)
   > [!facilitator]
   > Expect a sequoia.
2. And a juniper?

## First round
1. **Chidi:** acacia matters.
   - **Ana:** no, mimosa.

## Announcements
- [Vote for magnolia](https://example.org/vote)
- Bring a banyan.
"""
OPENS = {
    "Maple": "## Maple",
    "Rosa": "## Maple",
    "Oak": "Oak was",
    "hazel": "Oak was",
    "Cedar": "### Cedar",
    "59": "- The bucket of day 59",
    "elm": "- An elm",
    "birch": "1. and a birch",
    "rowan": "- and a rowan",
    "baobab": "- and a rowan",
    "alder": "with an alder",
    "poplar": "> Nobody owns",
    "linden": "> — the keeper",
    "willow": "> [!quote]",
    "Larch": "> [!quote]",
    "apple": "> Bring an apple",
    "aspen": "| Tree",
    "grow(spruce)": "```",
    "pine": "A note",
    "ash": "A note",
    "cypress": "1. Who",
    "sequoia": "> Expect",
    "juniper": "2. And",
    "acacia": "1. **Chidi",
    "mimosa": "- **Ana",
    "magnolia": "- [Vote",
    "example.org/vote": "- [Vote",
    "banyan": "- Bring a",
}
"""What is printed, and how the line begins that a click on it opens: its own, or the first of its block."""

PUNCTUATION = ".,:?”¹"


class Word(NamedTuple):
    """A word on a page, its middle in points from the upper left corner."""

    page: int
    left: float
    top: float
    text: str


@pytest.fixture(params=["forking", "standing by"])
def engines(cache: Path, request: pytest.FixtureRequest) -> Iterator[WarmEngines]:
    """Give the LuaLaTeX of this machine with our class, and the small one, warm in one of two ways."""
    with WarmEngines(
        class_folders=(TEMPLATES, CLASSES),
        font_folders=(FONTS,),
        cache_folder=cache,
        search_path=os.defpath,
        may_fork=request.param == "forking",
    ) as engines:
        yield engines


def session_document(folder: Path, audience: Audience, *, whole: bool = False) -> TexDocument:
    """Write the session to a guide, and set it or the whole guide for somebody."""
    return typeset_folder(write_guide(folder, guide=GUIDE, sessions={"01-trees.md": SESSION}), audience, whole=whole)


def set_document(document: TexDocument, engines: WarmEngines, *, wants_places: bool = True) -> CompiledPdf:
    """Compile with patience."""
    return compile_document(
        document, engines=engines, auxiliary=None, time_limit_seconds=LIMIT_SECONDS, wants_places=wants_places
    )


def words_of(pdf: Path) -> list[Word]:
    """Find each word where a reader of the page would click."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    pattern = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    return [
        Word(
            page,
            (float(left) + float(right)) / 2,
            (float(top) + float(bottom)) / 2,
            html.unescape(text).strip(PUNCTUATION),
        )
        for page, content in enumerate(done.stdout.decode().split("<page ")[1:])
        for left, top, right, bottom, text in pattern.findall(content)
    ]


def opened(document: TexDocument, compiled: CompiledPdf, words: dict[str, str]) -> list[tuple[str, str]]:
    """Click on every one of these words, and give them with the beginning of the line that was opened."""
    places = read_places(compiled.synctex, document)
    lines = SESSION.splitlines()
    clicks = [word for word in words_of(compiled.path) if word.text in words]
    spans = [places.find(word.page, word.left, word.top) for word in clicks]
    starts = [lines[span.line - 1].strip() if span else "" for span in spans]
    return [(word.text, start[: len(words[word.text])]) for word, start in zip(clicks, starts, strict=True)]


@pytest.mark.parametrize("audience", [Audience.FACILITATOR, Audience.RECORD])
def test_a_click_on_a_word_opens_its_line(tmp_path: Path, engines: WarmEngines, audience: Audience) -> None:
    """In every kind of block, wherever it is printed: the passages by page lead to where they were quoted, too."""
    document = session_document(tmp_path, audience)
    compiled = set_document(document, engines)
    clicks = opened(document, compiled, OPENS)
    unprinted = {"sequoia"} if audience is Audience.RECORD else {"acacia", "mimosa"}
    assert {word for word, _ in clicks} >= OPENS.keys() - unprinted
    assert clicks == [(word, OPENS[word]) for word, _ in clicks]
    assert [word for word, _ in clicks].count("baobab") == 2


def test_a_click_in_the_whole_guide_opens_the_session(tmp_path: Path, engines: WarmEngines) -> None:
    """After prelims with pages of their own."""
    document = session_document(tmp_path, Audience.PARTICIPANT, whole=True)
    clicks = opened(
        document, set_document(document, engines), {"hazel": "Oak was", "elm": "- An elm", "aspen": "| Tree"}
    )
    assert clicks == [("hazel", "Oak was"), ("elm", "- An elm"), ("aspen", "| Tree")]


def test_the_foot_of_a_page_is_nobodys_line(tmp_path: Path, engines: WarmEngines) -> None:
    """It is set while some paragraph is read that happens to fill the page."""
    document = session_document(tmp_path, Audience.PARTICIPANT)
    compiled = set_document(document, engines)
    places = read_places(compiled.synctex, document).places
    foot = min(word.top for word in words_of(compiled.path) if word.text == "a41f")
    assert {each.page for each in places} == set(range(compiled.page_count))
    assert max(each.bottom for each in places) < foot


def test_pages_are_the_same_whether_places_are_wanted(tmp_path: Path, engines: WarmEngines) -> None:
    """Byte for byte, so that what was proofed is what is published."""
    document = session_document(tmp_path, Audience.PARTICIPANT)
    without, with_places = (set_document(document, engines, wants_places=each) for each in (False, True))
    assert without.synctex == b""
    assert without.path.read_bytes() == with_places.path.read_bytes()


def test_another_class_has_places_too(engines: WarmEngines) -> None:
    """One that ships its pages at once, and needs two passes."""
    document = tex_document(
        "\\pageref{well} first\n\n\\newpage\nlater still\\label{well}", preamble="\\documentclass{commons}\n"
    )
    compiled = set_document(document, engines)
    places = read_places(compiled.synctex, document)
    words = [word for word in words_of(compiled.path) if word.text in {"first", "later"}]
    assert [(word.page, places.find(word.page, word.left, word.top)) for word in words] == [
        (0, span_of(2)),
        (1, span_of(5)),
    ]


def test_pages_with_a_lost_character_can_be_looked_at(engines: WarmEngines) -> None:
    """All of them, with their places."""
    document = tex_document("first 水\n\n\\newpage\nlater", preamble="\\documentclass{commons}\n")
    with pytest.raises(CompileError) as failure:
        set_document(document, engines)
    assert failure.value.pages is not None
    pages = PdfReader(BytesIO(failure.value.pages)).pages
    assert [page.extract_text().split()[0] for page in pages] == ["first", "later"]
    assert {each.page for each in read_places(failure.value.synctex, document).places} == {0, 1}


@pytest.mark.parametrize("stumble", ["\\nonsense", "\\directlua{error('x')}", "\\input{nowhere}"])
def test_an_error_leaves_no_pages(engines: WarmEngines, stumble: str) -> None:
    """TeX stops there, and what it wrote so far is not whole."""
    document = tex_document(f"first\n\n\\newpage\nlater {stumble} last", preamble="\\documentclass{commons}\n")
    with pytest.raises(CompileError) as failure:
        set_document(document, engines)
    assert failure.value.pages is None
