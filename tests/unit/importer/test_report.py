"""The report of an import: what was found, how sure, what to check, what is not in the session."""

from __future__ import annotations

from studyguide.importer.draft import Certainty, Draft, Finding
from studyguide.importer.importing import Imported
from studyguide.importer.notes import Notes
from studyguide.importer.report import Counted, ToCheck, list_marks, make_report


def found(taken_for: str, line: int, *, certainty: Certainty = Certainty.SURE, result: str = "") -> Finding:
    """Make a finding."""
    return Finding(taken_for=taken_for, words="words", line=line, certainty=certainty, result=result)


def make_imported(*findings: Finding, doubts: tuple[str, ...] = ()) -> Imported:
    """Make an import with these findings."""
    return Imported(
        text="",
        draft=Draft(fields=(), parts=(), findings=()),
        notes=Notes(lines=(), unit="paragraph", doubts=doubts),
        findings=findings,
    )


def test_facts_come_in_the_order_of_a_header() -> None:
    """Whatever the order of the notes; what is counted is none."""
    report = make_report(make_imported(found("date", 1), found("turn", 2), found("title", 3)), "")
    assert [(each.taken_for, each.line) for each in report.facts] == [("title", 3), ("date", 1)]
    assert report.unit == "paragraph"


def test_findings_are_counted_by_kind() -> None:
    """With their lines, and how many are not sure; one is named in the singular."""
    imported = make_imported(
        found("turn", 5), found("reading", 2), found("turn", 6, certainty=Certainty.UNSURE), found("turn", 6)
    )
    assert make_report(imported, "").counted == (
        Counted(kind="reading", name="reading", count=1, unsure=0, lines=(2,)),
        Counted(kind="turn", name="turns", count=3, unsure=1, lines=(5, 6, 6)),
    )


def test_what_is_not_in_the_session_is_listed() -> None:
    """Losses and lost words, in the order given; doubts about the whole file too."""
    lost = (found("a picture", 2, result="not in the session"), found("left out", 9, result="not in the session"))
    report = make_report(make_imported(*lost, found("title", 1, result="Wells"), doubts=("odd accents",)), "")
    assert report.left_out == lost
    assert report.doubts == ("odd accents",)


def test_marks_are_listed_with_their_lines() -> None:
    """Those that `check` lists: in the header after a hash, in the body as comments at the ends of lines."""
    text = (
        "---\n"
        'title: "Wells # check: no"  # check: is it the title?\n'
        "# from the notes: check: this\n"
        "---\n"
        "\n"
        "- a rule (p. 4) <!-- check: one? --> <!-- check: two? -->\n"
        "- typed \\<!-- check: no --> and # check: no\n"
    )
    assert list_marks(text) == [
        ToCheck(line=2, doubt="is it the title?"),
        ToCheck(line=6, doubt="one?"),
        ToCheck(line=6, doubt="two?"),
    ]
    assert list_marks("no header <!-- check: x -->") == [ToCheck(line=1, doubt="x")]
