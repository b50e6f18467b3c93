"""The example workbooks: ``aanbieder-a`` with what must come out of it, ``aanbieder-rommelig`` with its faults.

``aanbieder-b`` has the facts of the second catalogue; what must come out of it lies on both sides of its first day.
"""

from pathlib import Path

DATA = Path(__file__).parent / "data"
AANBIEDER_A = DATA / "aanbieder-a.xlsx"
AANBIEDER_B = DATA / "aanbieder-b.xlsx"
ROMMELIG = DATA / "aanbieder-rommelig.xlsx"
