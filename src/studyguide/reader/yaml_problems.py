"""What is wrong with the YAML of a header, in an author's words; the parser's own words are for programmers.

Comes in: the parser's sentence. Goes out: ours, with advice.
Left to others: the place (`front_matter`), fields that are no fields (`header_problems`).
"""

from __future__ import annotations

ADVICE_QUOTES = "put the value in double quotes"


def explain_syntax(problem: str) -> tuple[str, str]:
    """Say in an author's words what YAML's parser found; its own words are for programmers."""
    for words, message, hint in (
        ("'\\t'", "a tab cannot indent the header", "indent with two spaces"),
        ("mapping values are not allowed", "a second colon in this value", ADVICE_QUOTES),
        ("found unexpected end of stream", "this quotation mark is not closed", "close it on the same line"),
        ("unknown escape", "a backslash in double quotes means something else", "use single quotes around the value"),
        ("escape sequence", "a backslash in double quotes means something else", "use single quotes around the value"),
        ("while parsing a flow", "this list is not closed, or a comma is missing in it", 'write it as in "[Ana, Ben]"'),
        ("while parsing a block collection", "this list is not indented like the line before", "align the dashes"),
        ("could not find expected ':'", "a field needs a colon after its name", 'write it as in "title: Wells"'),
        ("cannot start any token", "this value starts with a mark that has another meaning here", ADVICE_QUOTES),
        ("alias", "a value cannot start with `*`", ADVICE_QUOTES),
        ("anchor", "a value cannot start with `&`", ADVICE_QUOTES),
        ("tag", "a value cannot start with `!`", ADVICE_QUOTES),
        ("directive", "a line of the header cannot start with `%`", ADVICE_QUOTES),
        (
            "while parsing a block mapping",
            "this line is no field, or is not indented like the fields before",
            ADVICE_QUOTES,
        ),
    ):
        if words in problem:
            return message, hint
    return "the header cannot be understood from here on", 'write a field a line, as in "title: The common well"'
