"""What demo facts are called: their nummer and their uid, the same for every seed and size.

The first child is always K00001 with the same uid, so that an example in the documentation keeps working.
"""

from uuid import UUID

#: letter of the nummer per table; the position in this list is part of the uid
LETTERS = {
    "medewerker": "M",
    "pleeggezin": "G",
    "gezinslid": "L",
    "vgb": "V",
    "evaluatie": "E",
    "pleegkind": "K",
    "maatregel": "R",
    "plaatsing": "P",
    "begeleiding": "B",
    "kindgesprek": "T",
    "veiligheidscheck": "C",
    "huisbezoek": "H",
    "casuistiekbespreking": "S",
    "ontwikkelbeeld": "O",
    "hulpverleningsplan": "A",
    "pleegoudervoogdgesprek": "Q",
    "vertrouwenspersoon": "W",
    "signaal": "X",
    "uitzondering": "U",
    "ruisscore": "Z",
    "meldcodestap": "D",
    "opvolgstap": "F",
    "actie": "J",
    "dossierlezing": "Y",
    "uitstel": "I",
}
REEKSEN = range(1, 16)
_PLAATS = {tabel: plaats for plaats, tabel in enumerate(LETTERS)}
_WORTEL = 1_767_225_600_000  # 2026-01-01 in milliseconds: the time in these UUIDs is a count from there
_VERSIE, _VARIANT = 7 << 76, 2 << 62
_MENG = 0x9E3779B97F4A7C15  # odd, so that multiplication by it is one to one modulo 2^62
_BITS = (1 << 62) - 1


class Nummering:
    """Names for the facts of one load into one organisatie."""

    def __init__(self, organisatie: int, reeks: int = 1) -> None:
        """Name facts.

        Args:
            organisatie: 0–7, apart for each organisatie of the demo.
            reeks: one of ``REEKSEN``; 2 and up for children added to what was loaded before.
        """
        self._reeks = "" if reeks == 1 else f"{reeks}-"
        self._merk = organisatie << 5 | reeks << 8  # of the 12 bits after the version

    def nummer(self, tabel: str, n: int) -> str:
        """Return the nummer of the n-th fact (from 1) of a table."""
        return f"{LETTERS[tabel]}{self._reeks}{n:05d}"

    def uid(self, tabel: str, n: int) -> UUID:
        """Return the uid of the n-th fact (from 1) of a table: UUIDv7 in form, in order, and never given twice."""
        merk = self._merk | _PLAATS[tabel]
        return UUID(int=_WORTEL + n << 80 | _VERSIE | merk << 64 | _VARIANT | (n * _MENG + merk) & _BITS)
