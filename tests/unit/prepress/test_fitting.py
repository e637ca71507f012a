"""A page of any size, turned in any way, comes to stand in the middle of the paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.model.guide import Paper
from studyguide.prepress.fitting import PAPER_POINTS, PageBox, Placement, fit_page

LETTER = PAPER_POINTS[Paper.LETTER]
A4 = PAPER_POINTS[Paper.A4]


def box(width: float, height: float, *, clockwise: int = 0, unit_points: float = 1.0) -> PageBox:
    """Make a page whose corner is at the origin."""
    return PageBox(left=0, bottom=0, right=width, top=height, unit_points=unit_points, clockwise=clockwise)


def place(placement: Placement, x: float, y: float) -> tuple[float, float]:
    """Say where a point of the page comes to stand on the paper."""
    a, b, c, d, shift_x, shift_y = placement.matrix
    return (round(a * x + c * y + shift_x, 3), round(b * x + d * y + shift_y, 3))


def test_a_page_of_the_same_size_is_not_touched() -> None:
    """Letter on letter stays where it is."""
    assert fit_page(box(*LETTER), LETTER) == Placement(matrix=(1, 0, 0, 1, 0, 0), is_turned=False)


def test_a4_in_whole_points_is_not_scaled() -> None:
    """Programs round A4 in different ways; the drawing keeps its size."""
    placement = fit_page(box(595, 842), A4)
    assert placement.matrix[0] == 1


def test_a_larger_page_is_made_smaller() -> None:
    """A4 on letter loses height, keeps its proportions and stands in the middle."""
    placement = fit_page(box(*A4), LETTER)
    assert place(placement, 0, 0)[1] == 0
    assert place(placement, *A4)[1] == 792
    assert place(placement, A4[0] / 2, A4[1] / 2) == (306, 396)


def test_a_smaller_page_keeps_its_size() -> None:
    """A card is not blown up; it stands in the middle."""
    placement = fit_page(box(200, 300), LETTER)
    assert place(placement, 0, 0) == (206, 246)
    assert place(placement, 200, 300) == (406, 546)


def test_a_landscape_page_lies_on_its_side_with_its_head_to_the_left() -> None:
    """Letter landscape fills letter; what was its upper edge is the left edge."""
    placement = fit_page(box(792, 612), LETTER)
    assert placement.is_turned
    assert place(placement, 0, 612) == (0, 0)
    assert place(placement, 792, 612) == (0, 792)


def test_a_small_landscape_page_stays_upright() -> None:
    """What fits as it is need not be turned."""
    assert not fit_page(box(400, 300), LETTER).is_turned


def test_a_page_shown_turned_is_drawn_turned() -> None:
    """A portrait scan with a quarter turn clockwise is landscape to its reader, and treated as that."""
    placement = fit_page(box(612, 792, clockwise=90), LETTER)
    assert placement.is_turned
    assert place(placement, 0, 0) == (0, 0)
    assert place(placement, 612, 792) == (612, 792)


@pytest.mark.parametrize(("clockwise", "corner"), [(0, (0, 0)), (90, (0, 792)), (180, (612, 792)), (270, (612, 0))])
def test_every_turn_is_respected(clockwise: int, corner: tuple[float, float]) -> None:
    """The lower left corner goes where a viewer would show it."""
    size = (612, 792) if clockwise in {0, 180} else (792, 612)
    assert place(fit_page(box(*size, clockwise=clockwise), LETTER), 0, 0) == corner


def test_large_units_count() -> None:
    """A page of half the numbers in units of two points is a whole letter page."""
    placement = fit_page(box(306, 396, unit_points=2), LETTER)
    assert place(placement, 306, 396) == (612, 792)


@given(
    st.floats(min_value=10, max_value=5000),
    st.floats(min_value=10, max_value=5000),
    st.floats(min_value=-2000, max_value=2000),
    st.sampled_from([0, 90, 180, 270]),
    st.sampled_from([LETTER, A4]),
)
def test_nothing_falls_off_the_paper(
    width: float, height: float, shift: float, clockwise: int, paper: tuple[float, float]
) -> None:
    """All four corners of any page come to stand on the paper, up to half a percent."""
    page = PageBox(
        left=shift, bottom=-shift, right=shift + width, top=height - shift, unit_points=1, clockwise=clockwise
    )
    placement = fit_page(page, paper)
    for x in (page.left, page.right):
        for y in (page.bottom, page.top):
            on_paper = place(placement, x, y)
            assert -4.3 <= on_paper[0] <= paper[0] + 4.3
            assert -4.3 <= on_paper[1] <= paper[1] + 4.3
