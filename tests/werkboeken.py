"""The example workbooks: ``aanbieder-a`` with what must come out of it, ``aanbieder-rommelig`` with its faults."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
AANBIEDER_A = DATA / "aanbieder-a.xlsx"
ROMMELIG = DATA / "aanbieder-rommelig.xlsx"
