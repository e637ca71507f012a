"""Page labels follow the printed folios, whatever is bound in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyguide.prepress.labels import LabelRange, NumberingStyle, PageLabel, label_pages, label_ranges


def labels_of(page_count: int, prelim_count: int = 0, inserted: dict[int, int] | None = None) -> list[str]:
    """Write the labels as a viewer shows them."""
    pages = label_pages(page_count=page_count, prelim_count=prelim_count, inserted=inserted or {})
    return [str(label) for label in pages]


def test_a_handout_counts_from_one() -> None:
    """Without prelims, labels are the decimal folios."""
    assert labels_of(3) == ["1", "2", "3"]


def test_a_guide_counts_its_prelims_in_roman_numerals() -> None:
    """After the prelims the count starts again at 1."""
    assert labels_of(7, prelim_count=4) == ["i", "ii", "iii", "iv", "1", "2", "3"]


def test_an_insert_is_called_by_the_page_before_it() -> None:
    """An insert has no folio; the pages after it keep theirs."""
    assert labels_of(3, inserted={1: 2}) == ["1", "2", "2-A", "2-B", "3"]


def test_an_insert_in_the_prelims_follows_a_roman_numeral() -> None:
    """The page before an insert gives its label as it is printed."""
    assert labels_of(3, prelim_count=2, inserted={1: 1}) == ["i", "ii", "ii-A", "1"]


def test_letters_are_doubled_after_z() -> None:
    """The 27th page of an insert is AA, the 28th BB, as the standard counts."""
    assert labels_of(1, inserted={0: 28})[-3:] == ["1-Z", "1-AA", "1-BB"]


def test_labels_that_count_up_share_a_range() -> None:
    """A range starts only where the count, the style or the prefix changes."""
    labels = label_pages(page_count=4, prelim_count=2, inserted={2: 2})
    assert label_ranges(labels) == (
        LabelRange(index=0, label=PageLabel(style=NumberingStyle.ROMAN, number=1)),
        LabelRange(index=2, label=PageLabel(style=NumberingStyle.DECIMAL, number=1)),
        LabelRange(index=3, label=PageLabel(style=NumberingStyle.LETTER, number=1, prefix="1-")),
        LabelRange(index=5, label=PageLabel(style=NumberingStyle.DECIMAL, number=2)),
    )


@given(
    st.integers(min_value=1, max_value=60),
    st.integers(min_value=0, max_value=60),
    st.dictionaries(st.integers(min_value=0, max_value=59), st.integers(min_value=1, max_value=30), max_size=5),
)
def test_no_label_is_used_twice(page_count: int, prelim_count: int, inserted: dict[int, int]) -> None:
    """Whatever is bound in, a label names one page."""
    labels = labels_of(page_count, prelim_count, inserted)
    assert len(set(labels)) == len(labels)
    assert len(labels) == page_count + sum(count for page, count in inserted.items() if page < page_count)
