"""The QR code of a web address (ISO/IEC 18004), as the class draws it (owns segno).

Comes in: an address. Goes out: its modules, row by row.
Left to others: size, quiet zone and ink (the class).
"""

from __future__ import annotations

from functools import lru_cache

import segno
from segno.encoder import DataOverflowError

ERROR_CORRECTION = "m"
"""15 %: holds on a bad copy, and keeps the modules of a usual address above half a millimetre at 18 mm."""


@lru_cache(maxsize=1024)
def qr_modules(address: str) -> str:
    """Give the modules of an address: rows of 0 and 1 (dark) with commas between, without quiet zone.

    Empty when the address is too long for any code: then there is none.
    """
    try:
        code = segno.make_qr(address, error=ERROR_CORRECTION, boost_error=False)
    except DataOverflowError:
        return ""
    return ",".join("".join("01"[module] for module in row) for row in code.matrix)
