"""What is shown of `watching`: a table, plain values for build/bench.json, and whether the aims are met.

Comes in: the records of all contenders. Goes out: printed lines, values.
"""

from __future__ import annotations

import statistics
from dataclasses import asdict
from typing import TYPE_CHECKING

from watching import LONG, MANY_TIMES, PAGES, PEER, SHORT
from year import WEEKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watching import Record

MOST_PDF_SECONDS = 0.3
MOST_PIXEL_SECONDS = 0.45
MOST_OF_LATEXMK = 1 / 8
MOST_OF_FEWER = 1.1
"""What was aimed for: to the PDF, to the picture, beside latexmk's PDF, and ten times as many sessions beside few."""


def print_watching(records: Mapping[str, Record]) -> None:
    """Print the medians and quartiles of all contenders, and what they hold."""
    edits = len(records[SHORT].edits)
    print(f"\none word of {PAGES} pages saved, {edits} times in turns; {WEEKS} and {MANY_TIMES * WEEKS} sessions")
    print(f"  {'median (quartiles), seconds':<28}{'to the PDF':<25}{'to the picture':<25}{'of processors':<25}")
    for name, record in records.items():
        columns = (pdf_seconds(record), pixel_seconds(record), processor_seconds(record))
        print(f"  {name:<28}{''.join(f'{describe(each):<25}' for each in columns)}")
    for name, record in records.items():
        print(f"  {name}: {record.start} at the start\n  {'':<{len(name)}}  {record.end} at the end", flush=True)


def describe(seconds: list[float]) -> str:
    """Put a median and its quartiles into words, a dash when there are none."""
    if not seconds:
        return "-"
    low, middle, high = quartiles(seconds)
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"


def describe_watching(records: Mapping[str, Record]) -> dict[str, object]:
    """Put all figures into plain values."""
    return {
        "pages": PAGES,
        "sessions": {SHORT: WEEKS, LONG: MANY_TIMES * WEEKS},
        "contenders": {name: describe_record(record) for name, record in records.items()},
        "ratios": ratios(records),
    }


def describe_record(record: Record) -> dict[str, object]:
    """Put the figures of one contender into plain values."""
    columns = {
        "seconds to the PDF": pdf_seconds(record),
        "seconds to the picture": pixel_seconds(record),
        "processor seconds": processor_seconds(record),
    }
    return {
        **{
            title: dict(zip(("lower quartile", "median", "upper quartile"), quartiles(seconds), strict=True))
            for title, seconds in columns.items()
            if seconds
        },
        "at the start": asdict(record.start),
        "at the end": asdict(record.end),
        "edits": [asdict(each) for each in record.edits],
    }


def weigh_watching(records: Mapping[str, Record]) -> list[dict[str, object]]:
    """Compare the figures with what was aimed for."""
    short, part = records[SHORT], ratios(records)
    aims = (
        ("from a save to the PDF, seconds", statistics.median(pdf_seconds(short)), MOST_PDF_SECONDS),
        ("from a save to the picture, seconds", statistics.median(pixel_seconds(short)), MOST_PIXEL_SECONDS),
        (f"the PDF beside that of {PEER}", part["PDF beside latexmk"], MOST_OF_LATEXMK),
        (f"the PDF among {MANY_TIMES} times as many sessions", part["PDF beside fewer sessions"], MOST_OF_FEWER),
        (f"the picture among {MANY_TIMES} times as many", part["picture beside fewer sessions"], MOST_OF_FEWER),
    )
    return [{"aim": aim, "value": value, "met": value <= most, "most": most} for aim, value, most in aims]


def ratios(records: Mapping[str, Record]) -> dict[str, float]:
    """Divide the medians of those that are compared; latexmk has no viewer here, so its PDF stands for the picture."""
    short, long, peer = records[SHORT], records[LONG], records[PEER]
    pdf, picture = statistics.median(pdf_seconds(short)), statistics.median(pixel_seconds(short))
    peer_pdf = statistics.median(pdf_seconds(peer))
    return {
        "PDF beside latexmk": pdf / peer_pdf,
        "picture beside latexmk": picture / peer_pdf,
        "PDF beside fewer sessions": statistics.median(pdf_seconds(long)) / pdf,
        "picture beside fewer sessions": statistics.median(pixel_seconds(long)) / picture,
    }


def quartiles(seconds: list[float]) -> tuple[float, float, float]:
    """Give the lower quartile, the median and the upper quartile."""
    low, middle, high = statistics.quantiles(seconds, n=4, method="inclusive") if len(seconds) > 1 else seconds * 3
    return low, middle, high


def pdf_seconds(record: Record) -> list[float]:
    """Give the seconds to each PDF."""
    return [each.pdf for each in record.edits]


def pixel_seconds(record: Record) -> list[float]:
    """Give the seconds to each picture; none where nobody looks."""
    return [each.pixels for each in record.edits if each.pixels is not None]


def processor_seconds(record: Record) -> list[float]:
    """Give the processor seconds of each edit."""
    return [each.processors for each in record.edits]
