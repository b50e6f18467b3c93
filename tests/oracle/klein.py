"""One small file, to be changed in one place: for the edges that the expected exports do not reach."""

from datetime import date, timedelta
from typing import Any

from .feiten import BLADEN
from .orakel import oordelen

Werkboek = dict[str, list[dict[str, Any]]]

P = date(2024, 1, 31)


def build_werkboek(**bladen: list[dict[str, Any]]) -> Werkboek:
    """A child K in the family G since P, voltijd, with a pleegouder L."""
    gezin = {"nummer": "G", "soort": "bestand", "pleegcontract_op": None}
    basis: Werkboek = {blad: [] for blad in BLADEN}
    basis["pleegkinderen"] = [{"nummer": "K", "geboortedatum": date(2014, 2, 28)}]
    basis["pleeggezinnen"] = [gezin]
    basis["plaatsingen"] = [build_plaatsing("P", P, None)]
    basis["gezinsleden"] = [build_lid("L", "pleegouder", date(1980, 1, 1), date(2015, 1, 1))]
    basis["medewerkers"] = [
        {"nummer": "M1", "rol": "pleegzorgbegeleider"},
        {"nummer": "M2", "rol": "gedragswetenschapper"},
        {"nummer": "M3", "rol": "teamleider"},
    ]
    return {**basis, **bladen}


def build_plaatsing(nummer: str, van: date, tot: date | None, **anders: object) -> dict[str, Any]:
    vast = {"pleegkind": "K", "pleeggezin": "G", "vorm": "voltijd"}
    return {**vast, "nummer": nummer, "van": van, "tot": tot, **anders}


def build_lid(nummer: str, rol: str, geboren: date, sinds: date, tot: date | None = None) -> dict[str, Any]:
    vast = {"nummer": nummer, "pleeggezin": "G", "rol": rol, "geboortedatum": geboren}
    return {**vast, "inwonend_sinds": sinds, "inwonend_tot": tot}


def build_gesprek(nummer: str, dag: date, **anders: object) -> dict[str, Any]:
    goed = {"doorgegaan": True, "alleen": True, "vorm": "fysiek", "veiligheid_besproken": True}
    return {"nummer": nummer, "plaatsing": "P", "datum": dag, **goed, **anders}


def build_signaal(bekend: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": "X", "pleegkind": "K", "datum": bekend, "bekend_geworden_op": bekend}
    geen = {"vraagt_veiligheidscheck": False, "calamiteit": False, "bij_twijfel": None, "gemeld_igj_op": None}
    return {**vast, **geen, **anders}


def build_vgb(nummer: str, status: str, dag: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": nummer, "gezinslid": "L", "status": status, "datum": dag}
    return {**vast, "herscreening_uiterlijk": None, **anders}


def build_maatregel(soort: str, van: date, tot: date | None) -> dict[str, Any]:
    return {"nummer": f"R{soort}{van}", "pleegkind": "K", "soort": soort, "van": van, "tot": tot}


def build_uitzondering(nummer: str, van: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": nummer, "pleegkind": "K", "normen": ("KAG-R", "VGB-T"), "van": van}
    einde = {"herzien_uiterlijk": van + timedelta(days=30)}
    return {**vast, **einde, "opgesteld_door": "M1", "goedgekeurd_door": "M2", **anders}


def judge_een(werkboek: Werkboek, p: date, norm: str, onderwerp: str | None = None) -> dict[str, Any] | None:
    rijen = [
        rij for rij in oordelen(werkboek, p) if rij["norm"] == norm and onderwerp in (None, rij["onderwerp_nummer"])
    ]
    assert len(rijen) <= 1
    return rijen[0] if rijen else None


def get_uiterlijk(werkboek: Werkboek, p: date, norm: str, onderwerp: str | None = None) -> date | None:
    rij = judge_een(werkboek, p, norm, onderwerp)
    assert rij is not None
    uiterlijk: date | None = rij["uiterlijk"]
    return uiterlijk
