"""Fitting a page on another paper: arithmetic in points, no PDF.

Comes in: the size and turn of a page and of the paper. Goes out: where and how large it is placed.
Left to others: drawing it there (`merge`).
"""

from __future__ import annotations

from dataclasses import dataclass

from studyguide.model.guide import Paper

PAPER_POINTS = {Paper.LETTER: (612.0, 792.0), Paper.A4: (595.276, 841.89)}
"""Width and height of each paper, upright."""

NEAR_ENOUGH = 0.995
"""A page is not scaled for less than half a percent: A4 is written in many ways."""

COSINES = {0: 1, 90: 0, 180: -1, 270: 0}
SINES = {0: 0, 90: 1, 180: 0, 270: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBox:
    """The visible part of a page: its edges in units of `unit_points`, shown turned `clockwise` degrees."""

    left: float
    bottom: float
    right: float
    top: float
    unit_points: float
    clockwise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The matrix that puts a page on the paper (ISO 32000-2, 8.3.3), and whether it lies on its side there."""

    matrix: tuple[float, float, float, float, float, float]
    is_turned: bool


def fit_page(box: PageBox, paper_points: tuple[float, float]) -> Placement:
    """Centre a page on the paper, made smaller only if it is too large, on its side only if it stays larger so.

    On its side means a quarter counter-clockwise, the head to the left, as wide tables stand in books.
    """
    width = (box.right - box.left) * box.unit_points
    height = (box.top - box.bottom) * box.unit_points
    if box.clockwise in {90, 270}:
        width, height = height, width
    upright = _shrink((width, height), paper_points)
    turned = _shrink((height, width), paper_points)
    is_turned = turned > upright
    clockwise = (box.clockwise + (270 if is_turned else 0)) % 360
    return Placement(
        matrix=_centre(box, clockwise, max(upright, turned) * box.unit_points, paper_points), is_turned=is_turned
    )


def _shrink(size: tuple[float, float], paper: tuple[float, float]) -> float:
    ratio = min(paper[0] / size[0], paper[1] / size[1])
    return 1.0 if ratio >= NEAR_ENOUGH else ratio


def _centre(
    box: PageBox, clockwise: int, scale: float, paper: tuple[float, float]
) -> tuple[float, float, float, float, float, float]:
    cosine, sine = scale * COSINES[clockwise], scale * SINES[clockwise]
    middle_x, middle_y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    shift_x = paper[0] / 2 - (cosine * middle_x + sine * middle_y)
    shift_y = paper[1] / 2 - (cosine * middle_y - sine * middle_x)
    return (cosine, -sine, sine, cosine, shift_x, shift_y)
