"""Signs that no eye can see: the one home of which they are."""

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import Final

#: first and last of each row of signs that Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties, 16.0)
_GENEGEERD: Final = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_EERSTE: Final = [first for first, _ in _GENEGEERD]


@lru_cache(maxsize=8_192)
def is_invisible(sign: str) -> bool:
    """Tell whether a sign is drawn as nothing and takes no room: a format character, or one to be ignored."""
    row = bisect_right(_EERSTE, ord(sign)) - 1
    ignored = row >= 0 and ord(sign) <= _GENEGEERD[row][1]
    return ignored or unicodedata.category(sign) == "Cf"
