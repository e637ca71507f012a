"""Plain documents: quick fonts that look and copy out as luaotfload's own do, all of them read with the class."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from lualatex import CLASS_FOLDER, FONT_FOLDER, TIME_LIMIT_SECONDS, letters, typeset_pages
from snapshots import typeset_folder

from studyguide.diagnostics import SourceSpan
from studyguide.engine import prepare_assets
from studyguide.latex.escape import escape_text
from studyguide.latex.fonts import EVERYDAY, plan_fonts
from studyguide.model.guide import Audience

GUIDE = Path(__file__).parents[2] / "guides" / "commons"
SPAN = SourceSpan(path=Path("guides/commons/sessions/03-water.md"))
PLAIN, SCRIPTS = r"\documentclass{studyguide}", r"\documentclass[scripts]{studyguide}"

COUNT_FONTS = r"\directlua{known_fonts = font.max()}"
SAY_NEW_FONTS = (
    r"\AddToHook{enddocument/end}{\directlua{"
    r'texio.write_nl("log", "new fonts: " .. font.max() - known_fonts) texio.write_nl("log", "")}}'
)

FACES = (
    r"\sg@seriftype{10.5}{14}",
    r"\sg@type\rmdefault{m}{it}{18}{24.5}",
    r"\sg@type\rmdefault{b}{n}{10.5}{14}",
    r"\sg@type\rmdefault{m}{sc}{10.5}{14}",
    r"\sg@sanstype{m}{10}{14}",
    r"\sg@sanstype{b}{28}{31.5}",
    r"\sg@type\sfdefault{b}{sc}{11}{14}",
    r"\sg@type\ttdefault{m}{n}{9}{14}",
)
LIGATURES = "difficult office waffle fjord after shift affjord"
COLLISIONS = "halfback wolfhound Hofburg offhand of’ (if) off! “of” if? ofî"
KERNS = "WAVE Tomb Avon L’Avare T-shirt V-neck thirty-one 1911, RÓMA CARS Riverside Zoë"
TYPED = "dif\\-fi\\-cult self\\-help off\\-hand"
WORDS = f"{LIGATURES} {COLLISIONS} {KERNS} {TYPED}".split()

MEASURE = r"""\directlua{function say_width(name)
  local line = tex.box[1].head
  local last = node.tail(line)
  while not (last.id == node.id("glue") and last.subtype == 15) do last = last.prev end
  texio.write_nl("log", "width " .. name .. " " .. node.dimensions(line, last))
  texio.write_nl("log", "")
end}
\makeatletter
\def\measure#1#2{{#2\setbox0\vbox{\hsize=400pt \parindent=0pt \parskip=0pt \leftskip=0pt \rightskip=0pt \everypar{}%
  \noindent#1\par \global\setbox1\lastbox}\directlua{say_width("\luaescapestring{\detokenize{#1 #2}}")}}}"""
"""The width of a word as it stands in a line, up to what fills the line (glue 15, the paragraph's end)."""

ROUNDING = 4
"""How many scaled points two ways to add up rounded numbers may differ by; a page has some forty million."""


def log_of(folder: Path, document: str) -> str:
    """Run LuaLaTeX once on a document in a folder, and give its log."""
    (folder / "document.tex").write_text(document, encoding="utf-8")
    command = ["lualatex", "--no-shell-escape", "--interaction=nonstopmode", "--halt-on-error", "document.tex"]
    environment = os.environ | {
        "OSFONTDIR": FONT_FOLDER,
        "TEXINPUTS": f".:{Path(CLASS_FOLDER).absolute()}:",
        "max_print_line": "1000",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False
    )
    log = (folder / "document.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-2000:]
    return log


@pytest.mark.parametrize("audience", tuple(Audience))
def test_a_plain_document_reads_no_font_after_its_class(tmp_path: Path, audience: Audience) -> None:
    """An engine that waits has all fonts of the sample guide, of its every session and of what stands around them."""
    document = typeset_folder(GUIDE, audience, whole=True)
    assert document.preamble == f"{PLAIN}\n"
    for name, content in prepare_assets(document.assets).items():
        (tmp_path / name).write_bytes(content)
    body = document.body.replace(r"\begin{document}", f"{SAY_NEW_FONTS}\\begin{{document}}", 1)
    assert "\nnew fonts: 0\n" in log_of(tmp_path, document.preamble + COUNT_FONTS + body)


def test_words_are_as_wide_as_luaotfload_makes_them(tmp_path: Path) -> None:
    """Kerns, ligatures, letters that make way for others, small capitals and their letterspacing, hyphens."""
    commands = "\n".join(rf"\measure{{{word}}}{{{face}}}" for face in FACES for word in WORDS)
    widths = []
    for preamble in (PLAIN, SCRIPTS):
        log = log_of(tmp_path, f"{preamble}{MEASURE}\n\\begin{{document}}\n{commands}\n\\end{{document}}\n")
        widths.append({name: int(width) for name, width in re.findall(r"^width (.*) (\d+)$", log, re.MULTILINE)})
    plain, shaped = widths
    assert len(shaped) == len(WORDS) * len(FACES)
    assert {name: width for name, width in plain.items() if abs(width - shaped[name]) > ROUNDING} == {}


@pytest.mark.parametrize("face", [r"%s", r"\emph{%s}", r"\strong{%s}", r"{\sffamily %s}", r"\Code{%s}"])
def test_all_everyday_characters_print_and_copy_out(tmp_path: Path, face: str) -> None:
    """None is missing in a face, and each is read back as itself."""
    everyday = "".join(filter(re.compile(f"[{EVERYDAY}]").match, map(chr, range(0x3000))))
    text = " ".join(everyday.replace(" ", "").replace("\xad", ""))
    assert not plan_fonts([(text, SPAN)], font_folders=(Path(FONT_FOLDER),)).needs_scripts
    preamble = f"{PLAIN}\n\\StudyGuideFolio{{}}\\tracinglostchars3 "
    (page,) = typeset_pages(tmp_path, preamble, [face.replace("%s", escape_text(text))])
    assert sorted(letters(page)) == sorted(letters(text))


@pytest.mark.parametrize("text", ["difficult office waffle offhand", "halfback of’s (if) after", "1911 and 2026"])
def test_words_copy_out_as_they_are_written(tmp_path: Path, text: str) -> None:
    """Also where one glyph stands for several letters, for one before certain others, or is a small capital."""
    faces = (r"%s", r"\emph{%s}", r"{\scshape %s}", r"{\sffamily\bfseries %s}")
    preamble = f"{PLAIN}\n\\StudyGuideFolio{{}}"
    pages = typeset_pages(tmp_path, preamble, [face.replace("%s", escape_text(text)) for face in faces])
    assert [" ".join(page.split()) for page in pages] == [text] * len(faces)


@pytest.mark.parametrize("text", ["x\u0302", "m\u0325"])
def test_a_mark_without_a_letter_of_its_own_stands_on_its_letter(tmp_path: Path, text: str) -> None:
    """Such a document is not plain: luaotfload puts the mark where the font says."""
    assert plan_fonts([(text, SPAN)], font_folders=(Path(FONT_FOLDER),)).needs_scripts
    shown = r"""\setbox0\hbox{%s}\directlua{
      local letter = tex.box[0].head
      while not (letter.id == node.id("glyph")) do letter = letter.next end
      local mark = letter.next
      while not (mark.id == node.id("glyph")) do mark = mark.next end
      texio.write_nl("log", "mark " .. mark.xoffset .. " " .. tex.box[0].width - letter.width)
      texio.write_nl("log", "")}"""
    document = f"{SCRIPTS}\n\\begin{{document}}\n{shown.replace('%s', text)}\\null\n\\end{{document}}\n"
    found = re.search(r"^mark (-?\d+) (-?\d+)$", log_of(tmp_path, document), re.MULTILINE)
    assert found is not None
    assert int(found[1]) != 0
    assert int(found[2]) == 0


def test_fonts_of_an_author_are_shaped_by_luaotfload(tmp_path: Path) -> None:
    """They may need more than TeX can do by itself: here DejaVu's ligatures, and kerns in a chosen serif."""
    files = "{DejaVuSerif.ttf}{DejaVuSerif-Italic.ttf}{DejaVuSerif-Bold.ttf}{DejaVuSerif-BoldItalic.ttf}"
    chosen = rf"\StudyGuideSetup{{serif={{{files}}}}}"
    commands = "\n".join(rf"\measure{{{word}}}{{\sg@body}}" for word in ("WAVE", "office", "T-shirt"))
    widths = []
    for preamble in (PLAIN, SCRIPTS):
        log = log_of(tmp_path, f"{preamble}{chosen}{MEASURE}\n\\begin{{document}}\n{commands}\n\\end{{document}}\n")
        widths.append(re.findall(r"^width (.*) (\d+)$", log, re.MULTILINE))
    assert len(widths[0]) == len(commands.split("\n"))
    assert widths[0] == widths[1]
