"""The key figures of an audit: of the organisatie, each team, each GI and each zorgvorm (``normen.md`` §6).

Counts over the content of the rows alone, so that whoever has an export can count again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from app.norms.kwartaaltoets.inhoud import CriteriumKengetal, GroepKengetallen, Kengetallen, OordeelInhoud, RegelInhoud
from app.norms.kwartaaltoets.rij import CRITERIA, VOLTIJD
from app.terms import Stand, Zwaarte

_VOLTIJD = frozenset(vorm.value for vorm in VOLTIJD)
_CRITERIA = tuple(code.value for code in CRITERIA)
_TE_LAAT, _STREEF = Stand.TE_LAAT.value, Zwaarte.STREEF.value
#: soort of a group, in the order in which they are shown
SOORTEN = ("organisatie", "team", "gi", "zorgvorm")


@dataclass(slots=True)
class _Teller:
    """Counts one set of rows; a row is looked at once and not kept."""

    rijen: int = 0
    navolgbaar: int = 0
    met_uitzondering: int = 0
    late_streef: int = 0
    nooit_gezien: int = 0
    late_registraties: int = 0
    periodes: int = 0
    periodes_met_gesprek: int = 0
    dagen: list[int] = field(default_factory=list)
    criteria: dict[str, dict[str, int]] = field(
        default_factory=lambda: {code: {stand.value: 0 for stand in Stand} for code in _CRITERIA}
    )

    def add(self, regel: RegelInhoud) -> None:
        """Count one row."""
        self.rijen += 1
        self.navolgbaar += regel["navolgbaar"]
        self.met_uitzondering += regel["metUitzondering"]
        self.nooit_gezien += regel["nooitGezien"]
        self.late_registraties += regel["lateRegistraties"]
        self.periodes += regel["kindperiodes"]["totaal"]
        self.periodes_met_gesprek += regel["kindperiodes"]["metGesprek"]
        applying = [(code, oordeel) for code, oordeel in regel["criteria"].items() if oordeel is not None]
        for code, oordeel in applying:
            self.criteria[code][oordeel["stand"]] += 1
        late = [oordeel for _, oordeel in applying if oordeel["stand"] == _TE_LAAT]
        self.late_streef += any(oordeel["zwaarte"] == _STREEF for oordeel in late)
        if not regel["navolgbaar"]:
            self.dagen.append(max((oordeel["dagenTeLaat"] or 0 for oordeel in late), default=0))

    def result(self) -> Kengetallen:
        """Return what was counted."""
        return {
            "rijen": self.rijen,
            "navolgbaar": self.navolgbaar,
            "criteria": {code: _criterium(standen) for code, standen in self.criteria.items()},
            "metUitzondering": self.met_uitzondering,
            "lateStreef": self.late_streef,
            "nooitGezien": self.nooit_gezien,
            "mediaanDagenTeLaat": float(median(self.dagen)) if self.dagen else None,
            "hoogsteDagenTeLaat": max(self.dagen, default=None),
            "kindperiodes": {"totaal": self.periodes, "metGesprek": self.periodes_met_gesprek},
            "lateRegistraties": self.late_registraties,
        }


def _criterium(standen: dict[str, int]) -> CriteriumKengetal:
    return {
        "vanToepassing": sum(standen.values()),
        "op_tijd": standen["op_tijd"],
        "nadert": standen["nadert"],
        "te_laat": standen["te_laat"],
        "uitzondering": standen["uitzondering"],
    }


class Kengetallenteller:
    """Counts every group in one pass: ``add`` each row, then ``groups``."""

    def __init__(self, organisatie: str) -> None:
        """Begin with nothing but the organisatie, whose name is that of the first group."""
        self._groups: dict[tuple[str, str], tuple[_Teller, _Teller]] = {
            ("organisatie", organisatie): (_Teller(), _Teller())
        }
        self._organisatie = organisatie

    def add(self, regel: RegelInhoud) -> None:
        """Count a row in each group that it belongs to."""
        full_time = regel["plaatsing"]["vorm"] in _VOLTIJD
        for key in self._keys(regel):
            if key not in self._groups:  # a counter made for nothing costs more than counting
                self._groups[key] = (_Teller(), _Teller())
            voltijd, alle = self._groups[key]
            alle.add(regel)
            if full_time:
                voltijd.add(regel)

    def _keys(self, regel: RegelInhoud) -> tuple[tuple[str, str], ...]:
        team = regel["team"]
        return (
            ("organisatie", self._organisatie),
            ("team", team["naam"] if team else ""),
            ("gi", regel["gi"] or ""),
            ("zorgvorm", regel["plaatsing"]["zorgvorm"]),
        )

    def groups(self) -> list[GroepKengetallen]:
        """Return the figures, the organisatie first, then by soort and name."""
        ordered = sorted(self._groups.items(), key=lambda item: (SOORTEN.index(item[0][0]), item[0][1]))
        return [
            {"soort": soort, "naam": naam, "voltijd": voltijd.result(), "alle": alle.result()}
            for (soort, naam), (voltijd, alle) in ordered
        ]


def count_kengetallen(organisatie: str, regels: Iterable[RegelInhoud]) -> list[GroepKengetallen]:
    """Return the key figures of rows."""
    teller = Kengetallenteller(organisatie)
    for regel in regels:
        teller.add(regel)
    return teller.groups()


def late_criteria(regel: RegelInhoud) -> list[str]:
    """Return the criteria because of which a row is not navolgbaar."""

    def violates(oordeel: OordeelInhoud | None) -> bool:
        return oordeel is not None and oordeel["stand"] == _TE_LAAT and oordeel["zwaarte"] != _STREEF

    return [code for code, oordeel in regel["criteria"].items() if violates(oordeel)]
