"""What the form of a signaal says: the signaal, and the first steps of its meldcode when that was chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.errors import BadInput, Fault, fault
from app.invoer.opvolging import day_of_aanleiding
from app.routers.pages.formulieren.invoer import parse
from app.schemas.feiten.meldcodestap import MeldcodestapIn
from app.schemas.feiten.opvolgstap import OpvolgstapIn
from app.schemas.feiten.signaal import SignaalIn
from app.terms import OpvolgstapSoort, OverlegMet, SignaalBron, VeiligThuis
from app.web.forms import Form

#: what was chosen of whether it is a calamiteit → whether it is one, and whether that is still in doubt
CALAMITEIT: Final = {"nee": (False, False), "ja": (True, False), "twijfel": (True, True)}
_JANEE: Final = {"ja": True, "nee": False}
#: name in the words of the API → id of the field
VELDEN: Final = {
    "datum": "datum", "bekendGewordenOp": "bekend", "soort": "soort", "vraagtVeiligheidscheck": "check-ja",
    "calamiteit": "calamiteit-nee", "gemeldIgjOp": "gemeld", "conclusieOp": "conclusie", "bron": "bron",
    "toelichting": "toelichting", "meldcode-1": "meldcode-1", "meldcode-2": "meldcode-2", "met": "met",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signaalinvoer:
    """A signaal, the steps of the meldcode beside it, and with whom it was weighed when that was said."""

    signaal: SignaalIn
    meldcode: list[MeldcodestapIn]
    met: OverlegMet | None


def read_signaalformulier(form: Form, vandaag: date) -> Signaalinvoer:
    """Return what a form says.

    Raises:
        BadInput: with every fault.
    """
    fouten = list(_missing(form))
    if fouten:
        raise BadInput(*fouten)
    calamiteit, twijfel = CALAMITEIT[form["calamiteit"]]
    given = {
        "datum": form.get("datum", ""),
        "bekendGewordenOp": form.get("bekend", ""),
        "soort": form.get("soort", "").strip(),
        "vraagtVeiligheidscheck": _JANEE.get(form.get("check", "")),
        "calamiteit": calamiteit,
        "bijTwijfel": twijfel,
        "gemeldIgjOp": form.get("gemeld") or None,
        "conclusieOp": form.get("conclusie") or None,
        **{name: form.get(name) == "ja" for name in ("onthulling", "geweld", "letsel")},
        "bron": form.get("bron") or None,
        "toelichting": form.get("toelichting", "").strip() or None,
    }
    return Signaalinvoer(
        parse(SignaalIn, given), [parse(MeldcodestapIn, one) for one in _steps(form, vandaag)], _met(form)
    )


def _missing(form: Form) -> Iterator[Fault]:
    """Yield what must be said and is not."""
    if not form.get("datum"):
        yield fault("datum", "verplicht", "Vul in op welke dag het was.")
    if not form.get("bekend"):
        yield fault("bekend_geworden_op", "verplicht", "Vul in op welke dag het bekend werd.")
    if not form.get("soort", "").strip():
        yield fault("soort", "verplicht", "Vul in wat voor signaal het is.")
    if form.get("calamiteit") not in CALAMITEIT:
        yield fault("calamiteit", "verplicht", "Kies of het een calamiteit is.")
    if form.get("check") not in _JANEE:
        yield fault("vraagt_veiligheidscheck", "verplicht", "Kies of dit om een veiligheidscheck vraagt.")
    if form.get("meldcode") != "ja":
        return
    if not _words(form, 1):
        yield Fault("body", "meldcode-1", "verplicht", "Schrijf op wat de signalen zijn, of kies de meldcode niet.")
    if _words(form, 2) and _met(form) is None:
        yield Fault("body", "met", "verplicht", "Vul in met wie is overlegd.")
    if _met(form) is not None and not _words(form, 2):
        yield Fault("body", "meldcode-2", "verplicht", "Schrijf op wat jullie samen wogen.")


def _steps(form: Form, vandaag: date) -> Iterator[Mapping[str, Any]]:
    """Yield the steps of the meldcode that were filled in, when it was chosen."""
    if form.get("meldcode") != "ja":
        return
    day = form.get("meldcode-datum", vandaag)
    yield {"stap": 1, "datum": day, "toelichting": _words(form, 1)}
    if _met(form) is not None:
        asked = VeiligThuis.ADVIES if _met(form) is OverlegMet.VEILIG_THUIS else VeiligThuis.GEEN
        yield {"stap": 2, "datum": day, "toelichting": _words(form, 2), "veiligThuis": asked}


def _words(form: Form, nr: int) -> str:
    return form.get(f"meldcode-{nr}", "").strip()


def _met(form: Form) -> OverlegMet | None:
    said = form.get("met")
    return OverlegMet(said) if form.get("meldcode") == "ja" and said in set(OverlegMet) else None


def same_overleg(invoer: Signaalinvoer, about: Mapping[str, Any]) -> OpvolgstapIn | None:
    """Return the overleg of the meldcode as a step about what gave the signaal; None when it was not held.

    Args:
        invoer: the form.
        about: the talk or the check, with its kind as ``soort``.
    """
    if invoer.met is None or day_of_aanleiding(about) is None:
        return None
    step = invoer.meldcode[1]
    said = {"stap": OpvolgstapSoort.OVERLEG, "met": invoer.met, "datum": step.datum, "toelichting": step.toelichting}
    return parse(OpvolgstapIn, {**said, f"{about['soort']}Id": about["uid"]})


def start_of(vandaag: date, about: Mapping[str, Any] | None, roepnaam: str) -> dict[str, str]:
    """Return the fields of the form as it starts, after a talk or a check filled in with what that says."""
    dag = (about or {}).get("datum", vandaag).isoformat()
    start = {"datum": dag, "bekend": dag, "meldcode-datum": vandaag.isoformat()}
    if about is None or about["soort"] != "kindgesprek":
        return start
    zei = f"{roepnaam} zei: “{about['stem_van_het_kind']}”" if about["stem_van_het_kind"] else ""
    return {**start, "onthulling": "ja", "bron": SignaalBron.KIND, "meldcode": "ja", "meldcode-1": zei}
