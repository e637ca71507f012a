"""What is wrong with a header, in our own words and at the author's place.

Comes in: failures of the check, each with the path to a field. Goes out: diagnostics.
Left to others: the check itself (`headers`), problems of YAML (`front_matter`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, SourceSpan, error
from studyguide.reader.explain import cut, find_nearest, quote, suggest
from studyguide.reader.front_matter import HeaderFields, HeaderList, HeaderText, HeaderValue

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_MARK = "[key]"
"""How pydantic says that a failure is about a key and not about its value."""

_NEEDS_FIELDS = {"mapping_type", "dict_type", "model_type", "model_attributes_type"}
_NEEDS_LIST = {"tuple_type", "list_type"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failed check: pydantic's name for it, the path to the value, our own sentence if a check of ours failed."""

    kind: str
    path: tuple[int | str, ...]
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFields:
    """The fields of a header and of a book in it, each with an example; fields of the other header, and where it is."""

    own: Mapping[str, object]
    inner: Mapping[str, object]
    elsewhere: tuple[str, ...]
    where: str

    def show(self, name: str) -> str:
        """Write the hint that shows a field as it is meant."""
        example = self.own.get(name) or self.inner.get(name)
        return f"write it as in `{name}: {_write(example)}`" if example and not isinstance(example, dict) else ""


def _write(value: object) -> str:
    return f"[{', '.join(str(each) for each in value)}]" if isinstance(value, list) else str(value)


def explain_problems(fields: HeaderFields, known: KnownFields, failures: tuple[Failure, ...]) -> tuple[Diagnostic, ...]:
    """Say what is wrong with each field; one that is only misspelt is not called missing as well."""
    unknown = [each.path for each in failures if each.kind == "extra_forbidden"]
    misspelt = {(*path, find_nearest(str(name), known.inner if path else known.own)) for *path, name in unknown}
    return tuple(
        explain_problem(fields, known, each)
        for each in failures
        if not (each.kind == "missing" and each.path in misspelt)
    )


def explain_problem(fields: HeaderFields, known: KnownFields, failure: Failure) -> Diagnostic:
    """Say what is wrong with a field, where it stands or where it should."""
    path = tuple(part for part in failure.path if part != KEY_MARK)
    key, value = _find_place(fields, path)
    name = next((str(part) for part in reversed(path) if part in known.own or part in known.inner), "")
    if failure.kind == "extra_forbidden":
        return _explain_unknown(known, path, key.span if key is not None else fields.span)
    is_about_key = KEY_MARK in failure.path and key is not None
    span = key.span if is_about_key and key is not None else value.span
    message, hint = _describe(failure, known, name, value)
    return error(span, f"`{name}` {message}", hint)


def _describe(failure: Failure, known: KnownFields, name: str, value: HeaderValue) -> tuple[str, str]:
    """Give a predicate about the field, and advice."""
    seen = value.text if isinstance(value, HeaderText) else ""
    if failure.kind == "author":
        return str(failure.context["message"]), str(failure.context["hint"])
    if failure.kind in _NEEDS_LIST:
        return "must be a list", f"write `{name}: [{seen}]`" if seen else known.show(name)
    if failure.kind in _NEEDS_FIELDS:
        return "must have fields of its own", "write each on an indented line below it"
    if failure.kind == "missing":
        is_empty = isinstance(value, HeaderText)
        return "has no value" if is_empty else "is missing", known.show(name)
    if failure.kind == "string_type":
        return "must be one text", known.show(name)
    return f"cannot be {quote(seen)}" if seen else "cannot be this", known.show(name)


def _find_place(fields: HeaderFields, path: tuple[int | str, ...]) -> tuple[HeaderText | None, HeaderValue]:
    """Follow a path into the header as far as it goes: the last key passed, and the value there."""
    key: HeaderText | None = None
    value: HeaderValue = fields
    for part in path:
        if isinstance(value, HeaderFields):
            entry = value.find(str(part))
            if entry is None:
                break
            key, value = entry
        elif isinstance(value, HeaderList) and isinstance(part, int) and part < len(value.items):
            value = value.items[part]
    return key, value


def _explain_unknown(known: KnownFields, path: tuple[int | str, ...], span: SourceSpan) -> Diagnostic:
    name = str(path[-1])
    is_inner = len(path) > 1
    if not is_inner and name in known.elsewhere:
        return error(span, f"`{name}` is no field here", f"it belongs in the header of {known.where}")
    return error(span, f"unknown field `{cut(name)}`", suggest(name, known.inner if is_inner else known.own))
