"""The key figures of an audit: of the organisatie, each team, each GI and each zorgvorm (``normen.md`` §6).

Of a quarter of the second catalogue also of each age and maatregel, and of sight and follow-up (§5b). A row made before
that is counted as it was then.

Counts over the content of the rows alone, so that whoever has an export can count again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from app.norms.kwartaaltoets.inhoud import (
    AanleidingInhoud,
    CriteriumKengetal,
    GroepKengetallen,
    Kengetallen,
    OordeelInhoud,
    RegelInhoud,
    StapInhoud,
    StapKengetal,
)
from app.norms.kwartaaltoets.kwartaal import Kwartaal
from app.norms.kwartaaltoets.rij import CRITERIA, VOLTIJD
from app.norms.opvolging import OPVOLGING
from app.terms import NormCode, Stand, Zwaarte

_VOLTIJD = frozenset(vorm.value for vorm in VOLTIJD)
_CRITERIA = tuple(code.value for code in CRITERIA)
_TE_LAAT, _STREEF = Stand.TE_LAAT.value, Zwaarte.STREEF.value
#: soort of a group, in the order in which they are shown
SOORTEN = ("organisatie", "team", "gi", "zorgvorm", "leeftijd", "maatregel")
#: from this age on → name of the group
LEEFTIJDEN = ((18, "18+"), (12, "12–17"), (4, "4–11"), (0, "0–3"))
_MDO = NormCode.MDO.value
_OPVOLGING = frozenset(code.value for code in OPVOLGING)
_SEEN = frozenset({Stand.OP_TIJD.value, Stand.NADERT.value})


def speaks_of_opvolging(regel: RegelInhoud) -> bool:
    """Tell whether a row is of a quarter of the second catalogue of norms."""
    return regel.get("zichtplan") is not None


@dataclass(slots=True)
class _Stapteller:
    """Counts the aanleidingen whose last day for one kind of step has come."""

    vervallen: int = 0
    op_tijd: int = 0
    zonder: int = 0

    def add(self, stap: StapInhoud, laatste_dag: str) -> None:
        """Count one; days as text sort as days."""
        if stap["uiterlijk"] <= laatste_dag:
            self.vervallen += 1
            self.op_tijd += stap["op"] is not None and stap["op"] <= stap["uiterlijk"]
            self.zonder += stap["op"] is None

    def result(self) -> StapKengetal:
        """Return what was counted."""
        return {"vervallen": self.vervallen, "opTijd": self.op_tijd, "zonder": self.zonder}


@dataclass(slots=True)
class _Opvolgingteller:
    """Counts what rows of the second catalogue say of sight and follow-up."""

    rijen: int = 0
    aanleidingen: int = 0
    overleg: _Stapteller = field(default_factory=_Stapteller)
    besluit: _Stapteller = field(default_factory=_Stapteller)
    te_laat: int = 0
    te_zien: int = 0
    gezien: int = 0
    zichtplannen: int = 0
    mdo_streef: dict[str, int] = field(default_factory=lambda: {stand.value: 0 for stand in Stand})

    def add(self, regel: RegelInhoud) -> None:
        """Count one row."""
        self.rijen += 1
        self.te_laat += regel.get("opvolgingStand") == _TE_LAAT
        self.te_zien += regel.get("zienStand") is not None
        self.gezien += regel.get("zienStand") in _SEEN
        self.zichtplannen += bool(regel.get("zichtplan"))
        aanleidingen: list[AanleidingInhoud] = regel.get("aanleidingen", [])
        self.aanleidingen += len(aanleidingen)
        for aanleiding in aanleidingen:
            laatste_dag = Kwartaal.of(date.fromisoformat(aanleiding["datum"])).laatste_dag.isoformat()
            self.overleg.add(aanleiding["overleg"], laatste_dag)
            self.besluit.add(aanleiding["besluit"], laatste_dag)

    def extend(self, kengetallen: Kengetallen) -> None:
        """Write what was counted beside the other figures."""
        kengetallen["mdoStreef"] = _criterium(self.mdo_streef)
        kengetallen["opvolging"] = {
            "aanleidingen": self.aanleidingen,
            "overleg": self.overleg.result(),
            "besluit": self.besluit.result(),
            "rijenTeLaat": self.te_laat,
        }
        kengetallen["gezien"] = {"vanToepassing": self.te_zien, "gezien": self.gezien}
        kengetallen["zichtplannen"] = self.zichtplannen


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
    opvolging: _Opvolgingteller = field(default_factory=_Opvolgingteller)
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
            self._standen(regel, code, oordeel)[oordeel["stand"]] += 1
        late = [oordeel for _, oordeel in applying if oordeel["stand"] == _TE_LAAT]
        self.late_streef += any(oordeel["zwaarte"] == _STREEF for oordeel in late)
        if not regel["navolgbaar"]:
            self.dagen.append(_worst_days(regel, late))
        if speaks_of_opvolging(regel):
            self.opvolging.add(regel)

    def _standen(self, regel: RegelInhoud, code: str, oordeel: OordeelInhoud) -> dict[str, int]:
        """Return where a criterion is counted: from the second catalogue on an MDO that is streef beside the others."""
        beside = code == _MDO and oordeel["zwaarte"] == _STREEF and speaks_of_opvolging(regel)
        return self.opvolging.mdo_streef if beside else self.criteria[code]

    def result(self, *, met_opvolging: bool) -> Kengetallen:
        """Return what was counted; of a quarter of the second catalogue also where a part has no rows."""
        kengetallen: Kengetallen = {
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
        if met_opvolging:
            self.opvolging.extend(kengetallen)
        return kengetallen


def _worst_days(regel: RegelInhoud, late: list[OordeelInhoud]) -> int:
    """Return the worst dagenTeLaat of a row; one made before the second catalogue counted what is streef too."""
    own = [o for o in late if o["zwaarte"] != _STREEF] if "zichtplan" in regel else late
    return max((oordeel["dagenTeLaat"] or 0 for oordeel in own), default=0)


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
        keys = (
            ("organisatie", self._organisatie),
            ("team", team["naam"] if team else ""),
            ("gi", regel["gi"] or ""),
            ("zorgvorm", regel["plaatsing"]["zorgvorm"]),
        )
        if not speaks_of_opvolging(regel):
            return keys
        leeftijd = next(naam for vanaf, naam in LEEFTIJDEN if regel["leeftijd"] >= vanaf)
        # Several maatregelen at once are a group of their own, so that the groups add up to the whole.
        return (*keys, ("leeftijd", leeftijd), ("maatregel", " ".join(regel["maatregelen"])))

    def groups(self) -> list[GroepKengetallen]:
        """Return the figures, the organisatie first, then by soort and name."""
        second = any(alle.opvolging.rijen for _, alle in self._groups.values())
        ordered = sorted(self._groups.items(), key=lambda item: _place(*item[0]))
        return [
            {
                "soort": soort,
                "naam": naam,
                "voltijd": voltijd.result(met_opvolging=second),
                "alle": alle.result(met_opvolging=second),
            }
            for (soort, naam), (voltijd, alle) in ordered
        ]


def _place(soort: str, naam: str) -> tuple[int, int, str]:
    """Return the order of a group: by soort, then by age or name."""
    leeftijd = [one for _, one in reversed(LEEFTIJDEN)].index(naam) if soort == "leeftijd" else 0
    return SOORTEN.index(soort), leeftijd, naam


def count_kengetallen(organisatie: str, regels: Iterable[RegelInhoud]) -> list[GroepKengetallen]:
    """Return the key figures of rows."""
    teller = Kengetallenteller(organisatie)
    for regel in regels:
        teller.add(regel)
    return teller.groups()


def late_opvolging(regel: RegelInhoud) -> list[str]:
    """Return the norms of follow-up that are late in a row, each once."""
    late = {o["norm"] for o in regel["oordelen"] if o["norm"] in _OPVOLGING and o["stand"] == _TE_LAAT}
    return sorted(late) if speaks_of_opvolging(regel) else []


def is_about_opvolging(criteria: Iterable[str]) -> bool:
    """Tell whether an extra inzet with these criteria asks for follow-up, and not for sight that can be traced."""
    return any(code in _OPVOLGING for code in criteria)


def late_criteria(regel: RegelInhoud) -> list[str]:
    """Return the criteria because of which a row is not navolgbaar."""

    def violates(oordeel: OordeelInhoud | None) -> bool:
        return oordeel is not None and oordeel["stand"] == _TE_LAAT and oordeel["zwaarte"] != _STREEF

    return [code for code, oordeel in regel["criteria"].items() if violates(oordeel)]
