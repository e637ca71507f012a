"""The corpus: raw notes in many shapes, each with what a careful secretary would make of it.

Comes in: the files of `corpus/`, and a Word file made by `word_notes`. Goes out: documents with their expectations.
They were written before, and without looking at, what recognises them. Left to others: counting (`session_counts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from word_notes import SWAP_PAGE, build_word_notes

_FOLDER = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What should come out of a document; None or empty where it says nothing.

    `date` is ISO 8601; `readings` are pairs of heading and authors; `locators` stand in the order of the session, in
    canonical form; `turns` are top-level ones over all rounds, `replies` those below them at any depth; `links` are
    addresses in order; `comments` are facilitator notes; `minutes` are those of the questions that have any. A session
    needs a title: what stands in for one is not judged.
    """

    title: str | None
    label: str | None
    date: str
    summary_by: str | None
    book: str | None
    group: str | None
    readings: tuple[tuple[str, str], ...]
    locators: tuple[str, ...]
    questions: int
    people: tuple[str, ...]
    turns: int
    replies: int
    rounds: int
    announcements: int
    announcement_subitems: int
    links: tuple[str, ...]
    comments: int = 0
    language: str = "en"
    minutes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of the corpus; `name` is its file's."""

    name: str
    expected: Expected

    def read(self) -> bytes:
        """Give the document as a person would hand it over."""
        return build_word_notes() if self.name == "word.docx" else (_FOLDER / self.name).read_bytes()


def _places(written: str) -> tuple[str, ...]:
    return tuple(written.split("; "))


# The years 1871 and the count of 214 names are no pages. Each room keeps its own count of turns, so it is a round of
# its own. The line under the heading of a room says who was there. What closes the pad is no announcement.
_HACKMD = Expected(
    title="Who Holds the Sluice?",
    label="Session 4",
    date="2026-05-12",
    summary_by="Zoë",
    book="The Sluice Keepers",
    group="Tide Readers",
    readings=(("The Gate Book", "Marguerite Aldous"), ("Salt on Both Sides", "Ulla Brandt & José María Ferrer")),
    locators=_places(
        "p. 33; p. 36; pp. 38-41; p. 41; p. 44; p. 57; p. 63; p. 65; pp. 70-71; p. 72; p. 74; p. 58",
    ),
    questions=3,
    people=("Zoë", "Inés", "Tomasz", "Siobhán O’Neil", "李", "Ruben van der Berg"),
    turns=11,
    replies=5,
    rounds=3,
    announcements=4,
    announcement_subitems=1,
    links=(
        "https://example.org/tide/gates.png",
        "https://example.org/tide/session-5",
        "https://example.org/seeds?day=sat&slot=2",
    ),
)

# A bullet right below what somebody said in a paragraph answers it. The struck word is reported and not printed, the
# added ones are printed: neither is a note for the facilitator, as the two comments are. The harvest of 1974 and the
# frost of 1962 are no pages.
_WORD = Expected(
    title="What the Shed Remembers",
    label="Part III",
    date="2026-05-21",
    summary_by="Femi Adébáyò",
    book="The Seed Shed Papers",
    group="Allotment Book Club",
    readings=(
        ("Labels in Pencil", "Wilhelmina Okafor"),
        ("The Winter Inventory", "Henrike Łoś with Peter de Souza"),
    ),
    locators=_places(
        "p. 201; p. 202; p. 203; p. 204; p. 206; p. 207; pp. 210-214; p. 211; p. 213; ch. 5; p. 216",
    ),
    questions=3,
    people=("Femi", "Grażyna", "Old Tom", "Mrs Pemberton-Hale", "José María"),
    turns=7,
    replies=2,
    rounds=2,
    announcements=3,
    announcement_subitems=1,
    links=(SWAP_PAGE, "https://example.org/shed/photos"),
    comments=3,
)

# Who sent apologies was not there. "MJ found the map" in a reading is no turn, nor is "source: …" below one; the days
# of the diary ("3rd: …") and the votes are no pages.
_ETHERPAD = Expected(
    title="The Millrace in August",
    label="Week 6",
    date="2026-06-02",
    summary_by="Saoirse Byrne",
    book="Nine Parishes of Water",
    group="Back Room Reading Group",
    readings=(
        ("Low Water", "Philippa Nkemelu"),
        ("The Wheelwright’s Sunday", "Ambrose Tull and Yewande Oyelaran"),
    ),
    locators=_places(
        "p. 427; p. 428; pp. 429-431; p. 431; p. 435; p. 440; p. 440; pp. 440-442; p. 447; ch. 3; p. 447",
    ),
    questions=4,
    people=("Dana Cruz", "Mo Jarrah", "Saoirse Byrne", "Lúcio van der Berg", "Li Wen"),
    turns=9,
    replies=5,
    rounds=2,
    announcements=4,
    announcement_subitems=2,
    links=("https://example.org/race-walk", "http://example.org/maps/upload"),
)

# "págs. 40 y 41" are two pages, as typed; "ACTA DE LA REUNIÓN" is what the paper is, not what the evening was called.
_ACTA = Expected(
    title="El agua que se reparte",
    label="Sesión 14",
    date="2026-05-12",
    summary_by="Begoña O’Neil",
    book="La acequia y la llave",
    group="Círculo de lectura La Acequia",
    readings=(
        ("Los turnos de riego", "Remedios Alcántara"),
        ("La llave perdida", "Tomás Urquijo y Nuria de la Vega"),
    ),
    locators=_places(
        "p. 34; pp. 34-36; p. 37; pp. 40, 41; p. 43; ch. 4; p. 52; p. 55; p. 57; p. 58; pp. 60-61",
    ),
    questions=4,
    people=("José María", "Ximena Núñez", "Íñigo", "Begoña O’Neil", "Paco de la Torre"),
    turns=8,
    replies=3,
    rounds=2,
    announcements=4,
    announcement_subitems=2,
    links=("https://example.org/ateneo/voluntarios", "https://example.org/rutas/acequias.pdf"),
    language="es",
)

# The tool's name for chapter and verse, and for act, scene and line, is `v.`; a verse that ends a stretch is written
# out. The hour of the meeting, 7:15, is no verse. "Bríd: best read fast" stands in a reading, so it is no turn.
_VERSES = Expected(
    title="Two Wells and a Rope",
    label="Evening 2",
    date="2026-06-03",
    summary_by="Ngozi",
    book="The Cistern Scrolls",
    group="Lantern Street Study Circle",
    readings=(("The Quarrel at the Rim", "Tamar the Scribe"), ("The Rope Merchant’s Daughter", "Hannelore Quist")),
    locators=_places(
        "v. 3:1; v. 3:4; vv. 4-6; v. 3:16; vv. 3:16-3:18; v. 3:19; ch. 2; v. 4:2; vv. 4:21-4:22; v. 4:11; "
        "v. 1.1.12; v. 1.2.34; v. 1.2.40; vv. 2.3.101-2.3.104; v. 3.1.7; v. 3.1.2",
    ),
    questions=3,
    people=("Ngozi", "Pieter", "Zoë", "José María", "Bríd O’Neil"),
    turns=8,
    replies=3,
    rounds=2,
    announcements=4,
    announcement_subitems=2,
    links=("https://example.org/lantern/walk", "https://example.org/lantern/recording"),
)

# 5/12/26 is the twelfth of May: that is a Tuesday, the fifth of December is not. Capitals stay as typed, a designer may
# change them. A list with addresses after the last round, set apart by blank lines, is announcements though no heading
# says so. 1987, 2019 and "3 of the 11" are no pages; the place in an e-book stays one.
_CHAOS = Expected(
    title="What the worms said",
    label="Wk 9",
    date="2026-05-12",
    summary_by="Joost",
    book="Soil & Rumour",
    group="Riverside Garden Readers",
    readings=(
        ("THE COMPOST LEDGER", "Agnes Mbeki-Lund"),
        ("RUMOUR, OR THE BEANS NEXT DOOR", "Casimir Oyelowo and Beth-Ann D’Souza"),
    ),
    locators=_places(
        "p. 46; p. 48; p. 49; p. 50; pp. 51-53; pp. 52-54; p. 52; p. 54; p. 55; loc. 1204; "
        "p. 56; p. 57; p. 57; p. 58; p. xii; p. 60; p. 61",
    ),
    questions=4,
    people=("Pilar", "Joost van der Berg", "Zoë", "Fergus O’Neil", "Ọlá", "Mrs. Petrov"),
    turns=9,
    replies=3,
    rounds=2,
    announcements=4,
    announcement_subitems=1,
    links=("https://example.org/compost", "https://example.org/vote/2026"),
)

# The mail was sent on the evening of the meeting. Its sender and receiver stay out of the printed text, so their
# addresses are no links. An indented paragraph answers the one before it. The good night and the signature are no
# announcements.
_MAIL = Expected(
    title="The Oven Day",
    label="Part 2",
    date="2026-05-12",
    summary_by="Femke",
    book="Bread for the Whole Street",
    group="The Crumb Readers",
    readings=(
        ("Lighting the Oven", "Perpetua Lindqvist"),
        ("A Crust of One’s Own", "Olumide Achterberg with Sanna-Maria Niemi"),
    ),
    locators=_places("p. 88; p. 89; p. 90; pp. 92-94; p. 95; p. 97; p. 101; pp. 102-104; p. 105; p. 106"),
    questions=3,
    people=("Femke", "Isolde", "Kwabena", "Zoë O’Neil", "Hernán van der Berg"),
    turns=7,
    replies=3,
    rounds=2,
    announcements=3,
    announcement_subitems=2,
    links=("https://example.org/crumbs/way-to-the-oven", "https://example.org/library/renew?copies=5"),
)

# A link leads where its words lead, not through the page that counts clicks. "112 panes" are no page.
_GOOGLE = Expected(
    title="The Keys of the Greenhouse",
    label="Section Two",
    date="2026-05-19",
    summary_by="Aoife",
    book="Under Glass, Together",
    group="Glasshouse Readers",
    readings=(
        ("Panes", "Rosalind Achebe"),
        ("A Key for the Tomatoes", "Manuel Iturralde and Sunniva Haugen"),
    ),
    locators=_places(
        "p. 112; p. 113; pp. 115-117; p. 118; p. 119; ch. 2; p. 121; p. 122; p. 124; pp. 130-131; p. 113",
    ),
    questions=3,
    people=("Aoife", "José María", "Thandeka", "Wout van der Berg", "李"),
    turns=7,
    replies=3,
    rounds=2,
    announcements=3,
    announcement_subitems=2,
    links=("https://example.org/glass/putty?day=sat", "https://example.org/county/stories"),
    comments=2,
)

# The paper has no title but what it is. The agenda names parts and is none. What was said is told, not quoted, so there
# are no turns; an action is a task and no speaker. The Chair's and the Secretary's offices are not their names.
_MINUTES = Expected(
    title=None,
    label=None,
    date="2026-06-02",
    summary_by="Mr. P. Quill",
    book="The Night Shelves",
    group="The Lamplight Reading Society",
    readings=(),
    locators=(),
    questions=3,
    people=("Mrs. A. Thistlewood", "Mr. J. van der Berg", "Dr. Nkechi Obi", "Ms. Róisín O’Neil", "Mr. P. Quill"),
    turns=0,
    replies=0,
    rounds=0,
    announcements=3,
    announcement_subitems=0,
    links=("https://example.org/lamplight/outing",),
)

# Most of it, and every name of a field, is Korean first: so is the session. 쪽 counts pages, 장 chapters, 년 years.
_KOREAN = Expected(
    title="우물을 지키는 사람들",
    label="3회차",
    date="2026-05-12",
    summary_by="박서연",
    book="골목의 물",
    group="골목 독서 모임",
    readings=(
        ("우물의 규칙 (The Rules of the Well)", "김하늘"),
        ("누가 두레박을 고치나 / Who Mends the Bucket", "Hana Lim and 정다운"),
    ),
    locators=_places("p. 34; p. 34; p. 35; pp. 36-38; p. 39; p. 52; p. 53; pp. 54-55; p. 57; ch. 3"),
    questions=3,
    people=("박서연", "이준호", "Zoë Kwon", "최은비", "Patrick O’Neil"),
    turns=8,
    replies=3,
    rounds=2,
    announcements=3,
    announcement_subitems=1,
    links=("https://example.org/alley/swap", "https://example.org/alley/well"),
    language="ko",
)

DOCUMENTS = (
    Document(name="hackmd.md", expected=_HACKMD),
    Document(name="word.docx", expected=_WORD),
    Document(name="etherpad.txt", expected=_ETHERPAD),
    Document(name="acta.txt", expected=_ACTA),
    Document(name="verses.md", expected=_VERSES),
    Document(name="chaos.txt", expected=_CHAOS),
    Document(name="mail.txt", expected=_MAIL),
    Document(name="googledoc.html", expected=_GOOGLE),
    Document(name="minutes.txt", expected=_MINUTES),
    Document(name="korean_english.txt", expected=_KOREAN),
)
