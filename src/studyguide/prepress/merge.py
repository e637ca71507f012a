"""Binding inserts into the document, each after the page on which its anchor stands.

Comes in: the document in the making, the inserts' pages as forms, where they go. Goes out: pages of the same paper.
Left to others: the forms (`forms`), their place on the paper (`fitting`), the labels of the new pages (`labels`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import DecodedStreamObject, NumberObject

from studyguide.prepress.fitting import fit_page
from studyguide.prepress.forms import copy_forms
from studyguide.prepress.objects import add_object, dictionary, look_up_array, name

if TYPE_CHECKING:
    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject

    from studyguide.prepress.fitting import Placement
    from studyguide.prepress.forms import PageForm


DRAWS_INSERT = b"/Insert Do"
"""What the content of an insert's page ends with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Forms to be bound in after a page of TeX, counted from 0."""

    after_page: int
    forms: tuple[PageForm, ...]


def count_inserted(bindings: tuple[Binding, ...]) -> dict[int, int]:
    """Say how many insert pages follow each page of TeX that any follow."""
    counts: dict[int, int] = {}
    for binding in bindings:
        counts[binding.after_page] = counts.get(binding.after_page, 0) + len(binding.forms)
    return counts


def bind(writer: PdfWriter, bindings: tuple[Binding, ...], paper_points: tuple[float, float]) -> None:
    """Bind in all inserts; those for one page follow each other as they are given."""
    if not bindings:
        return
    _tie_annotations(writer)
    for binding in sorted(bindings, key=lambda each: each.after_page)[::-1]:
        references = copy_forms(writer, binding.forms)
        for form, reference in reversed(tuple(zip(binding.forms, references, strict=True))):
            _insert_page(writer, binding.after_page + 1, reference, fit_page(form.box, paper_points), paper_points)
    writer.compress_identical_objects()


def _insert_page(
    writer: PdfWriter, index: int, form: IndirectObject, placement: Placement, paper_points: tuple[float, float]
) -> None:
    """Draw a form on a page of its own. A form on its side is shown upright; on paper it stays on its side."""
    width, height = paper_points
    writer.insert_blank_page(width=width, height=height, index=index)
    page = writer.pages[index]
    drawing = DecodedStreamObject()
    matrix = " ".join(f"{number:.5f}" for number in placement.matrix)
    drawing.set_data(b"q %b cm %b Q" % (matrix.encode(), DRAWS_INSERT))
    page[name("Contents")] = add_object(writer, drawing)
    page[name("Resources")] = dictionary({"XObject": dictionary({"Insert": form})})
    if placement.is_turned:
        page[name("Rotate")] = NumberObject(90)


def _tie_annotations(writer: PdfWriter) -> None:
    """Note in each link the page that it is on (ISO 32000-2, table 166).

    Without the note, equal links on two pages are equal objects, and compressing would make them one, against the
    standard.
    """
    for page in writer.pages:
        for annotation in look_up_array(page, "/Annots"):
            annotation.get_object()[name("P")] = page.indirect_reference
