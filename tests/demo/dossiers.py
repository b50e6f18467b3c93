"""What the generator says, as the values that the rule judges: for tests without a database."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from app.demo.feiten import Deel
from app.norms import feiten
from app.norms.gezin import Gezinscache
from app.norms.judge import Oordeel, judge
from app.norms.versies.catalogue import LANDELIJK, Catalogus
from app.terms import AanleidingSoort, NormCode, OnderwerpSoort

CATALOGUS = Catalogus(LANDELIJK)
Lezer = Callable[[int, Any], Any]


def _group(deel: Deel, tabel: str, sleutel: str, lees: Lezer) -> dict[int, list[Any]]:
    """Return the facts of a table that hold now, read and sorted, by what they belong to."""
    uit: dict[int, list[Any]] = defaultdict(list)
    for positie, feit in getattr(deel, tabel).current():
        uit[getattr(feit, sleutel)].append(lees(positie, feit))
    for gelezen in uit.values():
        gelezen.sort(key=_day)
    return uit


def _day(feit: Any) -> date:
    dag: date = feit.datum if hasattr(feit, "datum") else getattr(feit, "van", date.min)
    return dag


def _event(positie: int, feit: Any) -> feiten.Gebeurtenis:
    return feiten.Gebeurtenis(positie, feit.sinds if hasattr(feit, "sinds") else feit.datum)


def _fields(soort: type[Any]) -> Lezer:
    """Return a reader that takes the fields of a norm's value from the fact of the same name."""
    namen, anders = soort._fields[1:], soort._field_defaults

    def lees(positie: int, feit: Any) -> Any:
        return soort(positie, *(getattr(feit, naam, anders.get(naam, ())) for naam in namen))

    return lees


def _opvolgstap(positie: int, feit: Any) -> feiten.Opvolgstap:
    about = {soort: getattr(feit, f"{soort}_id") for soort in AanleidingSoort}
    ((soort, key),) = [(OnderwerpSoort(soort), key) for soort, key in about.items() if key is not None]
    return feiten.Opvolgstap(positie, soort, key, feit.stap, feit.datum)


def _uitzondering(positie: int, feit: Any) -> feiten.Uitzondering:
    normen = frozenset(map(NormCode, feit.normen))
    gelezen: feiten.Uitzondering = _fields(feiten.Uitzondering)(positie, feit)
    return gelezen._replace(normen=normen)


def _build_plaatsingen(deel: Deel) -> dict[int, list[feiten.Plaatsing]]:
    per = {
        "kindgesprekken": _group(deel, "kindgesprek", "plaatsing_id", _fields(feiten.Kindgesprek)),
        "veiligheidschecks": _group(deel, "veiligheidscheck", "plaatsing_id", _fields(feiten.Veiligheidscheck)),
        "huisbezoeken": _group(deel, "huisbezoek", "plaatsing_id", _fields(feiten.Huisbezoek)),
    }
    uit = _group(deel, "plaatsing", "pleegkind_id", _fields(feiten.Plaatsing))
    for plaatsingen in uit.values():
        plaatsingen[:] = [p._replace(**{naam: groep[p.id] for naam, groep in per.items()}) for p in plaatsingen]
    return uit


def _group_steps(deel: Deel) -> dict[int, list[feiten.Meldcodestap]]:
    """Return the steps of the meldcode by the child that their signaal is about."""
    wie = {positie: feit.pleegkind_id for positie, feit in deel.signaal.current()}
    uit: dict[int, list[feiten.Meldcodestap]] = defaultdict(list)
    for signaal, stappen in _group(deel, "meldcodestap", "signaal_id", _fields(feiten.Meldcodestap)).items():
        if signaal in wie:
            uit[wie[signaal]] += stappen
    return uit


def build_dossiers(deel: Deel) -> list[feiten.Dossier]:
    """Return the dossiers of the children of a Deel, in order."""
    besprekingen = _fields(feiten.Casuistiekbespreking)
    per = {
        "plaatsingen": _build_plaatsingen(deel),
        "maatregelen": _group(deel, "maatregel", "pleegkind_id", _fields(feiten.Maatregel)),
        "casuistiekbesprekingen": _group(deel, "casuistiekbespreking", "pleegkind_id", besprekingen),
        "ontwikkelbeelden": _group(deel, "ontwikkelbeeld", "pleegkind_id", _event),
        "hulpverleningsplannen": _group(deel, "hulpverleningsplan", "pleegkind_id", _event),
        "vertrouwenspersonen": _group(deel, "vertrouwenspersoon", "pleegkind_id", _event),
        "pleegoudervoogdgesprekken": _group(deel, "pleegoudervoogdgesprek", "pleegkind_id", _event),
        "signalen": _group(deel, "signaal", "pleegkind_id", _fields(feiten.Signaal)),
        "uitzonderingen": _group(deel, "uitzondering", "pleegkind_id", _uitzondering),
        "meldcodestappen": _group_steps(deel),
        "opvolgstappen": _group(deel, "opvolgstap", "pleegkind_id", _opvolgstap),
        "acties": _group(deel, "actie", "pleegkind_id", _fields(feiten.Actie)),
    }
    return [
        feiten.Dossier(positie, kind.geboortedatum, **{naam: groep[positie] for naam, groep in per.items()})
        for positie, kind in deel.pleegkind.current()
    ]


def build_gezinnen(deel: Deel) -> dict[int, feiten.Gezin]:
    """Return the families of a Deel by position."""
    vgbs = _group(deel, "vgb", "gezinslid_id", _fields(feiten.Vgb))
    leden = _group(deel, "gezinslid", "pleeggezin_id", _fields(feiten.Gezinslid))
    evaluaties = _group(deel, "evaluatie", "pleeggezin_id", _event)
    verblijven = _group(
        deel, "plaatsing", "pleeggezin_id", lambda _, feit: feiten.Periode(feit.van, feit.tot, feit.zorgvorm)
    )
    return {
        positie: feiten.Gezin(
            positie,
            gezin.soort,
            gezin.pleegcontract_op,
            verblijven[positie],
            [lid._replace(vgbs=vgbs[lid.id]) for lid in leden[positie]],
            evaluaties[positie],
        )
        for positie, gezin in deel.pleeggezin.current()
    }


def judge_deel(deel: Deel, peildatum: date) -> Iterator[tuple[feiten.Dossier, Sequence[Oordeel]]]:
    """Yield each child with its judgements."""
    gezinnen, cache = build_gezinnen(deel), Gezinscache()
    for dossier in build_dossiers(deel):
        yield dossier, judge(dossier, gezinnen, CATALOGUS, peildatum, cache)
