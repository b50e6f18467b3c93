"""Small builders of facts for the tables: what a row does not mention has a quiet default."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.norms.feiten import (
    Actie,
    Casuistiekbespreking,
    Dossier,
    Gebeurtenis,
    Gezin,
    Gezinslid,
    Huisbezoek,
    Kindgesprek,
    Maatregel,
    Meldcodestap,
    Opvolgstap,
    Periode,
    Plaatsing,
    Signaal,
    Uitzondering,
    Veiligheidscheck,
    Vgb,
)
from app.terms import (
    GespreksVorm,
    GezinslidRol,
    GezinSoort,
    MaatregelSoort,
    OnderwerpSoort,
    OpvolgstapSoort,
    PlaatsingVorm,
    Rol,
    Uitkomst,
    UitzonderingSoort,
    Veiligheidsgevoel,
    VgbStatus,
    Zorgvorm,
)

FYSIEK = GespreksVorm.FYSIEK
VOLTIJD, DEELTIJD, CRISIS = PlaatsingVorm.VOLTIJD, PlaatsingVorm.DEELTIJD, PlaatsingVorm.CRISIS
GEZIN, LID, KIND = 70, 80, 1


def dag(tekst: str) -> date:
    """``"2026-03-01"`` as a date."""
    return date.fromisoformat(tekst)


def eventueel(tekst: str | None) -> date | None:
    return None if tekst is None else dag(tekst)


def events(*dagen: str) -> list[Gebeurtenis]:
    return [Gebeurtenis(500 + i, dag(d)) for i, d in enumerate(dagen)]


def gesprek(
    op: str,
    doorgegaan: bool = True,  # noqa: FBT001, FBT002
    alleen: bool = True,  # noqa: FBT001, FBT002
    vorm: GespreksVorm = FYSIEK,
    veiligheid: bool = True,  # noqa: FBT001, FBT002
    nr: int = 300,
    veilig: str | None = None,
) -> Kindgesprek:
    gevoel = None if veilig is None else Veiligheidsgevoel(veilig)
    return Kindgesprek(nr, dag(op), doorgegaan, alleen, vorm, veiligheid, gevoel)


def check(op: str, uitkomst: str = "veilig", *, gezien: bool | None = None, nr: int = 500) -> Veiligheidscheck:
    return Veiligheidscheck(nr, dag(op), Uitkomst(uitkomst), gezien)


def checks(*dagen: str, gezien: bool | None = None) -> list[Veiligheidscheck]:
    return [check(d, gezien=gezien, nr=500 + i) for i, d in enumerate(dagen)]


def bezoeken(*dagen: str, gezien: bool | None = None) -> list[Huisbezoek]:
    return [Huisbezoek(500 + i, dag(d), gezien) for i, d in enumerate(dagen)]


def stap(soort: str, over: str, nr_over: int, op: str, nr: int = 650) -> Opvolgstap:
    return Opvolgstap(nr, OnderwerpSoort(over), nr_over, OpvolgstapSoort(soort), dag(op))


def meldcode(nummer: int, op: str, signaal: int = 600, nr: int = 660) -> Meldcodestap:
    return Meldcodestap(nr, signaal, nummer, dag(op))


def actie(op: str, uiterlijk: str, gedaan: str | None = None, nr: int = 670) -> Actie:
    return Actie(nr, dag(op), dag(uiterlijk), eventueel(gedaan))


def talks(*dagen: str) -> list[Kindgesprek]:
    return [gesprek(d, nr=300 + i) for i, d in enumerate(dagen)]


def plaatsing(
    van: str,
    tot: str | None = None,
    *,
    vorm: PlaatsingVorm = VOLTIJD,
    gesprekken: Sequence[Kindgesprek] = (),
    checks: Sequence[Veiligheidscheck] = (),
    bezoeken: Sequence[Huisbezoek] = (),
    nr: int = 10,
    gezin: int = GEZIN,
) -> Plaatsing:
    return Plaatsing(nr, gezin, vorm, dag(van), eventueel(tot), gesprekken, checks, bezoeken)


def maatregel(soort: str, van: str, tot: str | None = None, nr: int = 20) -> Maatregel:
    return Maatregel(nr, MaatregelSoort(soort), dag(van), eventueel(tot))


def mdo(*dagen: str, multidisciplinair: bool = True) -> list[Casuistiekbespreking]:
    return [Casuistiekbespreking(400 + i, dag(d), multidisciplinair) for i, d in enumerate(dagen)]


def signaal(
    op: str,
    vraagt: bool = False,  # noqa: FBT001, FBT002
    calamiteit: bool = False,  # noqa: FBT001, FBT002
    twijfel: bool = False,  # noqa: FBT001, FBT002
    gemeld: str | None = None,
    nr: int = 600,
    *,
    ernst: str = "",
    conclusie: str | None = None,
) -> Signaal:
    """``ernst``: words out of onthulling, geweld, letsel."""
    onthulling, geweld, letsel = (soort in ernst.split() for soort in ("onthulling", "geweld", "letsel"))
    einde = eventueel(conclusie)
    return Signaal(nr, dag(op), vraagt, calamiteit, twijfel, eventueel(gemeld), onthulling, geweld, letsel, einde)


def uitzondering(
    normen: str,
    van: str,
    herzien: str,
    door: int = 1,
    goed: int | None = 2,
    rol: Rol | None = Rol.GEDRAGSWETENSCHAPPER,
    nr: int = 700,
) -> Uitzondering:
    return Uitzondering(nr, frozenset(normen.split()), dag(van), dag(herzien), door, goed, rol)


def zichtplan(
    van: str,
    herzien: str,
    dagen: int | None = 14,
    normen: str = "KAG-3 KAG-R",
    goed: int | None = 2,
    rol: Rol | None = Rol.GEDRAGSWETENSCHAPPER,
    nr: int = 710,
) -> Uitzondering:
    soort = UitzonderingSoort.ZICHTPLAN
    return Uitzondering(nr, frozenset(normen.split()), dag(van), dag(herzien), 1, goed, rol, soort, dagen)


def vgb(op: str, status: str = "afgegeven", herscreening: str | None = None, nr: int = 900) -> Vgb:
    return Vgb(nr, dag(op), VgbStatus(status), eventueel(herscreening))


def lid(
    geboren: str = "1980-06-15",
    sinds: str = "2010-01-01",
    tot: str | None = None,
    *,
    inwonende: bool = False,
    vgbs: Iterable[Vgb] = (),
    nr: int = LID,
) -> Gezinslid:
    rol = GezinslidRol.INWONENDE if inwonende else GezinslidRol.PLEEGOUDER
    return Gezinslid(nr, dag(geboren), rol, dag(sinds), eventueel(tot), list(vgbs))


def gezin(
    *perioden: tuple[str, str | None],
    contract: str | None = None,
    netwerk: bool = False,
    leden: Iterable[Gezinslid] = (),
    evaluaties: Sequence[Gebeurtenis] = (),
    nr: int = GEZIN,
    huizen: Sequence[tuple[str, str | None]] = (),
) -> Gezin:
    """``huizen``: the periods that are no pleegzorg but a gezinshuis."""
    soort = GezinSoort.NETWERK if netwerk else GezinSoort.BESTAND
    plaatsingen = [Periode(dag(van), eventueel(tot)) for van, tot in perioden]
    plaatsingen += [Periode(dag(van), eventueel(tot), Zorgvorm.GEZINSHUIS) for van, tot in huizen]
    return Gezin(nr, soort, eventueel(contract), plaatsingen, list(leden), evaluaties)


def kind(
    *plaatsingen: Plaatsing,
    geboren: str = "2012-05-10",
    maatregelen: Sequence[Maatregel] = (),
    besprekingen: Sequence[Casuistiekbespreking] = (),
    beelden: Sequence[Gebeurtenis] = (),
    plannen: Sequence[Gebeurtenis] = (),
    personen: Sequence[Gebeurtenis] = (),
    voogdgesprekken: Sequence[Gebeurtenis] = (),
    signalen: Sequence[Signaal] = (),
    uitzonderingen: Sequence[Uitzondering] = (),
    stappen: Sequence[Opvolgstap] = (),
    meldcodestappen: Sequence[Meldcodestap] = (),
    acties: Sequence[Actie] = (),
) -> Dossier:
    return Dossier(
        KIND,
        dag(geboren),
        plaatsingen,
        maatregelen,
        besprekingen,
        beelden,
        plannen,
        personen,
        voogdgesprekken,
        signalen,
        uitzonderingen,
        stappen,
        meldcodestappen,
        acties,
    )


def families_of(dossier: Dossier, *eigen: Gezin) -> dict[int, Gezin]:
    """The given families, and for every other plaatsing a plain family with just that plaatsing."""
    gezinnen = {g.id: g for g in eigen}
    for p in dossier.plaatsingen:
        if p.pleeggezin_id not in gezinnen:
            perioden = [Periode(x.van, x.tot) for x in dossier.plaatsingen if x.pleeggezin_id == p.pleeggezin_id]
            gezinnen[p.pleeggezin_id] = Gezin(p.pleeggezin_id, GezinSoort.BESTAND, None, perioden, [], [])
    return gezinnen
