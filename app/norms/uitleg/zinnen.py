"""The rule of one judgement as a Dutch sentence with the actual dates and numbers.

Only words are made here; the dates come from the judgement and from the functions that judged.
Source: ``normen.md`` §4 ("De uitleg bij een oordeel"), §5 and §5b.
"""

from collections.abc import Callable, Collection
from datetime import date

from app.norms.calendar import ADULT_AGE, add_months, birthday, maatregel_run
from app.norms.dutch import days, dutch_count, dutch_date, months
from app.norms.gezin import evaluation_anchor
from app.norms.plaatsing import asking_signal_day, counting_talks
from app.norms.pleegkind import MDO_MAATREGELEN, POV_MAATREGELEN
from app.norms.signaal import follows_second
from app.norms.uitleg.zaak import Zaak
from app.norms.uitleg.zinnen_opvolging import ZINNEN as _ZINNEN_OPVOLGING
from app.terms import MaatregelSoort, NormCode, OnderwerpSoort, VgbStatus, Zwaarte


def describe(zaak: Zaak) -> str:
    """Return the rule with its numbers and dates, and why its zwaarte is lighter if it is."""
    zin = _ZINNEN[zaak.oordeel.norm.code](zaak)
    if zaak.oordeel.zwaarte == zaak.oordeel.norm.zwaarte or zaak.oordeel.zwaarte != Zwaarte.STREEF:
        return zin
    return f"{zin} Dit telt als streefwaarde omdat {_lighter_reason(zaak)}."


def _lighter_reason(zaak: Zaak) -> str:
    if zaak.oordeel.onderwerp_soort == OnderwerpSoort.GEZINSLID:
        return "er in dit gezin geen pleegzorgplaatsing is"
    if birthday(zaak.dossier.geboortedatum, ADULT_AGE) <= zaak.peildatum:
        return f"de jongere {ADULT_AGE} jaar of ouder is"
    if zaak.oordeel.norm.code == NormCode.MDO:
        return "er geen ots of voogdij van een GI is"
    return "er pleegoudervoogdij is"


def _by(zaak: Zaak) -> str:
    uiterlijk = zaak.oordeel.uiterlijk
    return "" if uiterlijk is None else f"uiterlijk op {dutch_date(uiterlijk)}"


def _number(zaak: Zaak, parameter: str) -> int:
    return zaak.oordeel.norm.number(parameter)


def _rhythm(zaak: Zaak, wat: tuple[str, str], begin: str, anker: date, termijn: str) -> str:
    """Return the sentence of a norm that repeats: since the last one, or since the anchor when never done.

    Args:
        zaak: the judgement and its facts.
        wat: what is needed, and the last of it ("een huisbezoek", "Het laatste huisbezoek").
        begin: what began on the anchor ("De plaatsing").
        anker: the anchor.
        termijn: the period in words.
    """
    nodig, vorige = wat
    sinds = f"{begin} begon op {dutch_date(anker)}"
    if zaak.laatste is not None:
        sinds = f"{vorige} was op {dutch_date(zaak.laatste)}"
    return f"{sinds}; binnen {termijn}, {_by(zaak)}, is {nodig} nodig."


_GESPREK = ("een kind-alleengesprek", "Het laatste kind-alleengesprek")
_CHECK = ("een veiligheidscheck", "De laatste veiligheidscheck")
_BEZOEK = ("een huisbezoek", "Het laatste huisbezoek")
_MDO = ("een multidisciplinaire bespreking", "De laatste multidisciplinaire bespreking")
_POV = ("een gesprek met de pleegoudervoogd", "Het laatste gesprek met de pleegoudervoogd")
_BEELD = ("een nieuw beeld van de ontwikkeling", "Het laatste beeld van de ontwikkeling")
_PLAN = ("een vastgesteld hulpverleningsplan", "")
_PERSOON = ("een vertrouwenspersoon", "")
_EVALUATIE = ("een evaluatie met de pleegouders", "De laatste evaluatie met de pleegouders")


def _kag_3(zaak: Zaak) -> str:
    aantal = _number(zaak, "aantal")
    dagen = counting_talks(zaak.plaatsing, zaak.peildatum, aantal)
    if len(dagen) < aantal:
        stap = months(_number(zaak, "stap_maanden"))
        telling = "geen" if not dagen else str(len(dagen))
        return (
            f"De plaatsing begon op {dutch_date(zaak.plaatsing.van)}; er telden tot nu toe {telling} van de "
            f"{aantal} kind-alleengesprekken. Bij één per {stap} is het volgende {_by(zaak)} nodig."
        )
    venster = months(_number(zaak, "venster_maanden"))
    return (
        f"In elke {venster} zijn {aantal} kind-alleengesprekken nodig; van de laatste {aantal} was het "
        f"eerste op {dutch_date(dagen[-1].datum)}, dus het volgende is {_by(zaak)} nodig."
    )


def _kag_r(zaak: Zaak) -> str:
    termijn = months(_number(zaak, "maanden"))
    return _rhythm(zaak, _GESPREK, "De plaatsing", zaak.plaatsing.van, termijn)


def _vc_j(zaak: Zaak) -> str:
    plaatsing, uiterlijk = zaak.plaatsing, zaak.oordeel.uiterlijk
    termijn = months(_number(zaak, "maanden"))
    zin = _rhythm(zaak, _CHECK, "De plaatsing", plaatsing.van, termijn)
    bekend = asking_signal_day(zaak.dossier.signalen, zaak.laatste or plaatsing.van, zaak.peildatum)
    na_signaal = _number(zaak, "dagen_na_signaal")
    if bekend is None or uiterlijk is None or (uiterlijk - bekend).days != na_signaal:
        return zin
    return (
        f"Op {dutch_date(bekend)} werd een signaal bekend dat om een veiligheidscheck vraagt; "
        f"die is binnen {days(na_signaal)}, {_by(zaak)}, nodig."
    )


def _hb(zaak: Zaak) -> str:
    termijn = days(_number(zaak, "dagen"))
    return _rhythm(zaak, _BEZOEK, "De plaatsing", zaak.plaatsing.van, termijn)


def _with_maatregel(zaak: Zaak, wat: tuple[str, str], soorten: Collection[MaatregelSoort], maatregel: str) -> str:
    termijn = months(_number(zaak, "maanden"))
    m = maatregel_run(zaak.dossier.maatregelen, soorten, zaak.peildatum)
    if m is not None and m > (zaak.laatste or zaak.z):
        return f"De {maatregel} loopt sinds {dutch_date(m)}; binnen {termijn}, {_by(zaak)}, is {wat[0]} nodig."
    return _rhythm(zaak, wat, "De zorg", zaak.z, termijn)


def _mdo(zaak: Zaak) -> str:
    return _with_maatregel(zaak, _MDO, MDO_MAATREGELEN, "ots of voogdij")


def _pov_1(zaak: Zaak) -> str:
    return _with_maatregel(zaak, _POV, POV_MAATREGELEN, "pleegoudervoogdij")


def _ont_j(zaak: Zaak) -> str:
    jong, gewoon = _number(zaak, "maanden_jong"), _number(zaak, "maanden")
    termijn = months(gewoon)
    if zaak.oordeel.uiterlijk == add_months(zaak.laatste or zaak.z, jong) and jong != gewoon:
        termijn = f"{months(jong)} (het kind is dan nog geen {_number(zaak, 'leeftijd_jong')} jaar)"
    return _rhythm(zaak, _BEELD, "De zorg", zaak.z, termijn)


def _hvp_6(zaak: Zaak) -> str:
    if zaak.laatste is not None:
        return f"Het hulpverleningsplan is vastgesteld op {dutch_date(zaak.laatste)}."
    termijn = days(_number(zaak, "dagen"))
    return _rhythm(zaak, _PLAN, "De zorg", zaak.z, termijn)


def _vp(zaak: Zaak) -> str:
    if zaak.laatste is not None:
        return f"De vertrouwenspersoon is bekend sinds {dutch_date(zaak.laatste)}."
    termijn = months(_number(zaak, "maanden"))
    return _rhythm(zaak, _PERSOON, "De zorg", zaak.z, termijn)


def _eval_j(zaak: Zaak) -> str:
    anker = evaluation_anchor(zaak.gezin, zaak.run, zaak.peildatum)
    termijn = months(_number(zaak, "maanden"))
    return _rhythm(zaak, _EVALUATIE, "De termijn", anker, termijn)


def _valid(zaak: Zaak) -> str | None:
    return None if zaak.laatste is None else f"De VGB is afgegeven op {dutch_date(zaak.laatste)} en geldig."


def _vgb_t(zaak: Zaak) -> str:
    stand = zaak.lidstand
    if stand.besluit is not None and stand.besluit.status != VgbStatus.AFGEGEVEN:
        besluit = f"De VGB is op {dutch_date(stand.besluit.datum)} {stand.besluit.status}"
        return f"{besluit}; {_by(zaak)} was een nieuwe geldige VGB nodig."
    contract = stand.contract(zaak.oordeel.norm)
    if contract is not None and stand.geldig is None and zaak.oordeel.uiterlijk != stand.b:
        termijn = days(_number(zaak, "dagen_netwerk"))
        return (
            f"Het pleegcontract van dit netwerkgezin is van {dutch_date(contract)}; "
            f"binnen {termijn}, {_by(zaak)}, is een geldige VGB nodig."
        )
    return _valid(zaak) or (
        "Een geldige VGB is nodig vanaf het begin van de pleegzorg in dit gezin, of van het inwonen als dat "
        f"later begon: {_by(zaak)}."
    )


def _vgb_12(zaak: Zaak) -> str:
    leeftijd = _number(zaak, "leeftijd")
    wordt = "wordt" if zaak.peildatum < birthday(zaak.lid.geboortedatum, leeftijd) else "werd"
    return _valid(zaak) or f"Dit gezinslid {wordt} {leeftijd} jaar; {_by(zaak)} is een geldige VGB nodig."


def _vgb_h(zaak: Zaak) -> str:
    besluit = zaak.lidstand.besluit
    if besluit is not None and besluit.herscreening_uiterlijk is not None:
        return f"In de VGB van {dutch_date(besluit.datum)} is afgesproken: herscreening {_by(zaak)}."
    termijn = months(_number(zaak, "maanden"))
    return f"{_valid(zaak)} De organisatie laat na {termijn} opnieuw screenen: {_by(zaak)}."


def _cal_3(zaak: Zaak) -> str:
    wat, het = ("De calamiteit", "zij") if zaak.signaal.calamiteit else ("Het geweld", "het")
    if zaak.laatste is not None:
        return f"{wat} is op {dutch_date(zaak.laatste)} aan de IGJ gemeld."
    moet = f"{het} moet binnen {_reporting_time(zaak)}, {_by(zaak)}, aan de IGJ zijn gemeld"
    return f"{wat} werd bekend op {dutch_date(zaak.signaal.bekend_geworden_op)}; {moet}."


def _reporting_time(zaak: Zaak) -> str:
    werkdagen = dutch_count(_number(zaak, "werkdagen"), "werkdag", "werkdagen")
    if not zaak.signaal.bij_twijfel:
        return werkdagen
    twijfel = days(_number(zaak, "dagen_bij_twijfel"))
    if not follows_second(zaak.signaal, zaak.oordeel.norm):
        return f"{twijfel} (bij twijfel)"
    return f"{werkdagen} na de conclusie (bij twijfel, en de conclusie komt binnen {twijfel})"


_ZINNEN: dict[NormCode, Callable[[Zaak], str]] = {
    NormCode.KAG_3: _kag_3,
    NormCode.KAG_R: _kag_r,
    NormCode.VC_J: _vc_j,
    NormCode.MDO: _mdo,
    NormCode.HB: _hb,
    NormCode.ONT_J: _ont_j,
    NormCode.HVP_6: _hvp_6,
    NormCode.VP: _vp,
    NormCode.VGB_T: _vgb_t,
    NormCode.VGB_12: _vgb_12,
    NormCode.VGB_H: _vgb_h,
    NormCode.EVAL_J: _eval_j,
    NormCode.POV_1: _pov_1,
    NormCode.CAL_3: _cal_3,
    NormCode.KAG_D: _kag_r,
    **_ZINNEN_OPVOLGING,
}
