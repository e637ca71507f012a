"""The model as plain values and as a short account."""

from __future__ import annotations

import json

import pytest
from models import a_session, a_span

from studyguide.model.blocks import LineBreak, Paragraph, Question, Reference, Text, Turn
from studyguide.model.describe import describe, outline, plain_text
from studyguide.model.guide import QuestionsPart, RoundPart
from studyguide.model.locator import Locator, LocatorLabel, LocatorRange

PAGE = Locator(label=LocatorLabel.PAGE, ranges=(LocatorRange(first="427", last="427"),))
WORDS = (Text(text="Who keeps", span=a_span()), LineBreak(span=a_span()), Text(text="the well?", span=a_span()))


def test_a_record_says_what_it_is() -> None:
    """Each record becomes a dictionary with its type, its fields in words, and survives JSON."""
    paragraph = Paragraph(content=(Reference(locator=PAGE, span=a_span(line=7)),), span=a_span(line=7))
    described = json.loads(json.dumps(describe(paragraph)))

    assert described["type"] == "paragraph"
    assert described["content"][0]["locator"]["label"] == "page"
    assert described["content"][0]["locator"]["ranges"] == [{"type": "locator-range", "first": "427", "last": "427"}]
    assert described["span"]["line"] == 7


def test_dates_and_times_are_iso() -> None:
    """A session's date and time are written as ISO 8601 has them."""
    described = json.loads(json.dumps(describe(a_session())))

    assert described["date"] == "2026-05-12"


def test_what_is_no_model_is_refused() -> None:
    """A stray object is a bug, not output."""
    with pytest.raises(TypeError):
        describe(object())


def test_the_words_of_inlines_are_joined() -> None:
    """A line break is a space, a page reference is nothing."""
    assert plain_text(WORDS) == "Who keeps the well?"


def test_an_account_names_parts_questions_and_speakers() -> None:
    """A person sees at a glance what was understood."""
    question = Question(number=1, words=WORDS, content=(), minutes=None, span=a_span())
    reply = Turn(number=1, speaker="Ana", words=WORDS, content=(), span=a_span())
    turn = Turn(number=2, speaker="", words=WORDS, content=(), replies=(reply,), span=a_span())
    session = a_session(
        QuestionsPart(heading=WORDS, content=(), questions=(question,), span=a_span(line=5)),
        RoundPart(heading=(), content=(), turns=(turn,), span=a_span(line=9)),
    )
    account = "\n".join(outline(session))

    assert "5  questions: Who keeps the well?" in account
    assert "1. Who keeps the well?" in account
    assert "9  round: without a heading" in account
    assert "2. nobody named\n          1. Ana" in account
    assert account.endswith("0 page references")
