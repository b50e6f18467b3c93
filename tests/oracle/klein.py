"""One small file, to be changed in one place: for the edges that the expected exports do not reach."""

from datetime import date, timedelta
from typing import Any

from .feiten import BLADEN
from .normen import build_normversies
from .orakel import oordelen

Werkboek = dict[str, list[dict[str, Any]]]

P = date(2024, 1, 31)
NORMEN = build_normversies(tweede=True)


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
    vast = {"pleegkind": "K", "pleeggezin": "G", "vorm": "voltijd", "zorgvorm": "pleegzorg"}
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


def build_gezien(nummer: str, dag: date, **anders: object) -> dict[str, Any]:
    """A huisbezoek or a veiligheidscheck at which the child was seen."""
    vast = {"nummer": nummer, "plaatsing": "P", "datum": dag, "medewerker": "M1"}
    return {**vast, "uitkomst": "veilig", "kind_gezien": True, **anders}


def build_zorg(nummer: str, dag: date, **anders: object) -> dict[str, Any]:
    """A veiligheidscheck after which somebody must act."""
    return build_gezien(nummer, dag, **{"uitkomst": "zorgen", "kind_gezien": None, **anders})


def build_stap(nummer: str, stap: str, dag: date, **anders: object) -> dict[str, Any]:
    vast = {"nummer": nummer, "pleegkind": "K", "aanleiding_soort": "veiligheidscheck", "aanleiding": "C"}
    return {**vast, "stap": stap, "datum": dag, **anders}


def build_zichtplan(van: date, **anders: object) -> dict[str, Any]:
    plan = {"soort": "zichtplan", "normen": ("KAG-R",), "waarneming_dagen": 14}
    return {**build_uitzondering("U", van), **plan, **anders}


def judge_alle(werkboek: Werkboek, p: date) -> list[dict[str, Any]]:
    """Every judgement, with the norms of both catalogues."""
    return oordelen(werkboek, p, NORMEN)


def judge_een(werkboek: Werkboek, p: date, norm: str, onderwerp: str | None = None) -> dict[str, Any] | None:
    rijen = [
        rij for rij in judge_alle(werkboek, p) if rij["norm"] == norm and onderwerp in (None, rij["onderwerp_nummer"])
    ]
    assert len(rijen) <= 1
    return rijen[0] if rijen else None


def get_uiterlijk(werkboek: Werkboek, p: date, norm: str, onderwerp: str | None = None) -> date | None:
    rij = judge_een(werkboek, p, norm, onderwerp)
    assert rij is not None
    uiterlijk: date | None = rij["uiterlijk"]
    return uiterlijk
