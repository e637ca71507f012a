"""The headers of guide.md and of a session (owns pydantic): their fields, checked, in our own words.

Comes in: header fields with their places. Goes out: a `GuideHeader` or a `SessionHeader`, and what is wrong.
Left to others: YAML (`front_matter`), values of the model and files that are named (`assemble`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from studyguide.model.guide import Audience, Paper
from studyguide.reader.explain import quote
from studyguide.reader.front_matter import HeaderFields, HeaderList, HeaderText, HeaderValue
from studyguide.reader.header_problems import Failure, KnownFields, explain_problems
from studyguide.reader.header_values import (
    WrongValue,
    read_accent,
    read_book_pages,
    read_date,
    read_key,
    read_language,
    read_number,
    read_pages,
    read_time,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.diagnostics import Diagnostic

FORMAT = "studyguide/1"
MOST_ANSWER_LINES = 40
"""More than a page of them."""

Value = TypeVar("Value")


def _check_with(read: Callable[[str], object]) -> PlainValidator:
    """Make a check of a text; it stays a text, so that the header shows what was typed."""

    def check(value: object) -> str:
        text = _join_pages(value) if read is read_pages else value
        _read_with(read, text)
        return str(text)

    return PlainValidator(check)


def _check_number(first: int, last: int) -> PlainValidator:
    return PlainValidator(lambda value: _read_with(lambda text: read_number(text, first, last), value))


def _read_with(read: Callable[[str], Value], value: object) -> Value:
    """Read a text, and tell pydantic in our words what is wrong with it."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "a text is expected")
    try:
        return read(value)
    except WrongValue as wrong:
        raise PydanticCustomError("author", "{message}", {"message": wrong.message, "hint": wrong.hint}) from None


def _join_pages(value: object) -> object:
    """Give a list of page ranges as the one text that it could have been."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value


def _read_words(text: str) -> None:
    if not text:
        raise WrongValue("has no value", "write one, or leave the field out")


def _read_format(text: str) -> None:
    if text != FORMAT:
        raise WrongValue(f"is {quote(text)}, which this version cannot read", f"write `format: {FORMAT}`")


def _number_schema(first: int, last: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": first, "maximum": last})


def _text_schema(**more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **more})


_PAGES: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
Words = Annotated[str, _check_with(_read_words), _text_schema(minLength=1)]
PaperName = Annotated[str, _check_with(_read_words), _text_schema(enum=[each.value for each in Paper])]
AudienceName = Annotated[str, _check_with(_read_words), _text_schema(enum=[each.value for each in Audience])]
FormatName = Annotated[str, _check_with(_read_format), _text_schema(const=FORMAT)]
Day = Annotated[str, _check_with(read_date), _text_schema(format="date")]
Clock = Annotated[str, _check_with(read_time), _text_schema(pattern="^[0-9]{1,2}:[0-9]{2}.*$")]
Pages = Annotated[
    str, _check_with(read_pages), WithJsonSchema({"anyOf": [*_PAGES["anyOf"], {"type": "array", "items": _PAGES}]})
]
BookPages = Annotated[str, _check_with(read_book_pages), WithJsonSchema(_PAGES)]
Colour = Annotated[str, _check_with(read_accent), _text_schema(pattern="^#([0-9A-Fa-f]{3}){1,2}$")]
Language = Annotated[str, _check_with(read_language), _text_schema()]
Year = Annotated[int, _check_number(-3000, 9999), _number_schema(-3000, 9999)]
AnswerLines = Annotated[int, _check_number(0, MOST_ANSWER_LINES), _number_schema(0, MOST_ANSWER_LINES)]
PageNumber = Annotated[int, _check_number(1, 99_999), _number_schema(1, 99_999)]
BookKey = Annotated[str, _check_with(read_key), _text_schema(pattern="^[A-Za-z0-9][A-Za-z0-9_.-]*$")]


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"))


class BookHeader(_Header):
    """A studied book."""

    title: Words = Field(description="The book's title.", examples=["Commons Reader"])
    authors: tuple[Words, ...] = Field(default=(), description="Who wrote it.", examples=[["A. Writer"]])
    year: Year | None = Field(default=None, description="The year of this edition.", examples=[2021])
    pages: BookPages = Field(default="", description="Its first and last page.", examples=["1-560"])
    editions: Mapping[Words, Mapping[PageNumber, PageNumber]] = Field(
        default_factory=dict,
        description="Other editions: for each, pages of the default edition with the same place in the other one.",
        examples=[{"hardcover": {427: 512, 430: 516}}],
    )


class GuideHeader(_Header):
    """The header of guide.md: what holds for all sessions."""

    format: FormatName = Field(default="", description="The version of this format.", examples=[FORMAT])
    title: Words = Field(description="The guide's title.", examples=["Commons Reader"])
    group: Words = Field(default="", description="Who meets.", examples=["Riverside Reading Group"])
    language: Language = Field(
        default="en",
        description="BCP 47 tag; hyphenation, quotation marks, headings and dates follow it.",
        examples=["en", "es", "pt-BR"],
    )
    book: BookHeader | None = Field(default=None, description="The studied book.")
    books: Mapping[BookKey, BookHeader] = Field(
        default_factory=dict, description="Several books, each under a key; the first is the default one."
    )
    papers: tuple[PaperName, ...] = Field(default=(), description="What `build` lays out for.", examples=[["letter"]])
    audiences: tuple[AudienceName, ...] = Field(
        default=(), description="Whom `build` is for.", examples=[["participant"]]
    )
    answer_lines: AnswerLines = Field(
        default=5, description="How many lines to write on are under a question.", examples=[5]
    )
    accent: Colour = Field(default="", description="The one colour.", examples=["#8a1c1c"])
    logo: Words = Field(default="", description="A picture in the guide's folder.", examples=["images/logo.pdf"])


class SessionHeader(_Header):
    """The header of a session: one meeting and its handout."""

    format: FormatName = Field(default="", description="The version of this format.", examples=[FORMAT])
    title: Words = Field(description="The session's title.", examples=["Wells: who keeps the water"])
    label: Words = Field(default="", description="As the book or the group calls it.", examples=["Section VII"])
    date: Day = Field(description="The day of the meeting.", examples=["2026-05-12"])
    time: Clock = Field(default="", description="From when to when.", examples=["18:30-20:30"])
    place: Words = Field(default="", description="Where.", examples=["Branch library, room 2"])
    summary_by: Words = Field(default="", description="Who wrote the summary.", examples=["Ana"])
    facilitator: Words = Field(default="", description="Who leads the meeting.", examples=["Ben"])
    participants: tuple[Words, ...] = Field(default=(), description="Who is there.", examples=[["Ana", "Ben", "Chidi"]])
    pages: Pages = Field(default="", description="What is read in the book.", examples=["423-490"])
    inserts: tuple[Words, ...] = Field(
        default=(), description="Pages of PDFs to bind in.", examples=[["inserts/map.pdf#1-2"]]
    )


Header = TypeVar("Header", GuideHeader, SessionHeader)


def check_header(kind: type[Header], fields: HeaderFields) -> tuple[Header | None, tuple[Diagnostic, ...]]:
    """Check the fields of a header; None when one of them cannot be used."""
    try:
        return kind.model_validate(_plain(fields)), ()
    except ValidationError as failure:
        details = failure.errors(include_url=False, include_input=False)
        failures = (Failure(kind=each["type"], path=each["loc"], context=each.get("ctx", {})) for each in details)
        return None, explain_problems(fields, _describe_fields(kind), tuple(failures))


def _describe_fields(kind: type[BaseModel]) -> KnownFields:
    other = GuideHeader if kind is SessionHeader else SessionHeader
    return KnownFields(
        own=_describe(kind),
        inner=_describe(BookHeader),
        elsewhere=tuple(_describe(other)),
        where="guide.md" if other is GuideHeader else "a session",
    )


def _describe(kind: type[BaseModel]) -> dict[str, object]:
    """Give the names of a header's fields, each with an example."""
    return {field.alias or name: (field.examples or [""])[0] for name, field in kind.model_fields.items()}


def json_schemas() -> Mapping[str, object]:
    """Give the JSON Schema (2020-12) of both headers, `guide` and `session`, for editors that complete fields."""
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            **_without_noise(kind.model_json_schema(by_alias=True)),
        }
        for name, kind, title in (
            ("guide", GuideHeader, "The header of guide.md"),
            ("session", SessionHeader, "The header of a session file"),
        )
    }


def _without_noise(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out titles that only repeat a field's name, and defaults that say that a field is left out."""
    return {
        key: _without_noise(value) if isinstance(value, dict) else value
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and not value)
    }


def _plain(value: HeaderValue) -> object:
    """Give a value as plain data; a field without a value counts as left out."""
    if isinstance(value, HeaderText):
        return value.text
    if isinstance(value, HeaderList):
        return [_plain(item) for item in value.items]
    return {
        key.text: _plain(each) for key, each in value.entries if not (isinstance(each, HeaderText) and not each.text)
    }
