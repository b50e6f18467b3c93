"""The rule of one judgement as a Dutch sentence with the actual dates and numbers.

Only words are made here; the dates come from the judgement and from the functions that judged.
Source: ``domein.md`` §4 ("The answer to 'why is this flagged?'") and §5.
"""

from collections.abc import Callable, Collection
from datetime import date

from app.norms.calendar import maatregel_run
from app.norms.dutch import days, dutch_count, dutch_date, months
from app.norms.gezin import evaluation_anchor
from app.norms.pleegkind import MDO_MAATREGELEN, POV_MAATREGELEN
from app.norms.sight import asking_signal_day, counting_talks
from app.norms.zaak import Zaak
from app.terms import MaatregelSoort, NormCode, VgbStatus, Zwaarte


def describe(zaak: Zaak) -> str:
    """Return the rule with its numbers and dates, and why its zwaarte is lighter if it is."""
    zin = _ZINNEN[zaak.oordeel.norm.code](zaak)
    if zaak.oordeel.zwaarte == zaak.oordeel.norm.zwaarte or zaak.oordeel.zwaarte != Zwaarte.STREEF:
        return zin
    pov = maatregel_run(zaak.dossier.maatregelen, POV_MAATREGELEN, zaak.peildatum)
    reden = "er pleegoudervoogdij is" if pov is not None else "de jongere 18 jaar of ouder is"
    return f"{zin} Dit telt als streefwaarde omdat {reden}."


def _by(zaak: Zaak) -> str:
    uiterlijk = zaak.oordeel.uiterlijk
    return "" if uiterlijk is None else f"uiterlijk op {dutch_date(uiterlijk)}"


def _number(zaak: Zaak, parameter: str) -> int:
    return zaak.oordeel.norm.number(parameter)


def _rhythm(zaak: Zaak, wat: str, begin: str, anker: date, termijn: str) -> str:
    """Return the sentence of a norm that repeats: since the last one, or since the anchor when never done."""
    if zaak.laatste is None:
        return f"{begin} {dutch_date(anker)}; binnen {termijn}, {_by(zaak)}, is {wat} nodig."
    return f"De laatste keer was {dutch_date(zaak.laatste)}; binnen {termijn}, {_by(zaak)}, is {wat} nodig."


def _kag_3(zaak: Zaak) -> str:
    aantal = _number(zaak, "aantal")
    dagen = counting_talks(zaak.plaatsing, zaak.peildatum, aantal)
    if len(dagen) < aantal:
        stap = months(_number(zaak, "stap_maanden"))
        gevoerd = (
            "telde 1 kind-alleengesprek" if len(dagen) == 1 else f"telden {len(dagen)} kind-alleengesprekken"
        )
        return (
            f"In deze plaatsing, begonnen op {dutch_date(zaak.plaatsing.van)}, {gevoerd}; "
            f"bij één per {stap} is het volgende {_by(zaak)} nodig."
        )
    venster = months(_number(zaak, "venster_maanden"))
    return (
        f"In elke {venster} zijn {aantal} kind-alleengesprekken nodig; de laatste {aantal} begonnen op "
        f"{dutch_date(dagen[-1].datum)}, dus het volgende is {_by(zaak)} nodig."
    )


def _kag_r(zaak: Zaak) -> str:
    termijn = months(_number(zaak, "maanden"))
    return _rhythm(zaak, "een kind-alleengesprek", "De plaatsing begon op", zaak.plaatsing.van, termijn)


def _vc_j(zaak: Zaak) -> str:
    plaatsing, uiterlijk = zaak.plaatsing, zaak.oordeel.uiterlijk
    termijn = months(_number(zaak, "maanden"))
    zin = _rhythm(zaak, "een veiligheidscheck", "De plaatsing begon op", plaatsing.van, termijn)
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
    return _rhythm(zaak, "een huisbezoek", "De plaatsing begon op", zaak.plaatsing.van, termijn)


def _with_maatregel(zaak: Zaak, wat: str, soorten: Collection[MaatregelSoort], maatregel: str) -> str:
    termijn = months(_number(zaak, "maanden"))
    m = maatregel_run(zaak.dossier.maatregelen, soorten, zaak.peildatum)
    if m is not None and m > (zaak.laatste or zaak.z):
        return f"De {maatregel} loopt sinds {dutch_date(m)}; binnen {termijn}, {_by(zaak)}, is {wat} nodig."
    return _rhythm(zaak, wat, "De zorg begon op", zaak.z, termijn)


def _mdo(zaak: Zaak) -> str:
    return _with_maatregel(zaak, "een multidisciplinaire bespreking", MDO_MAATREGELEN, "ots of voogdij")


def _pov_1(zaak: Zaak) -> str:
    return _with_maatregel(zaak, "een gesprek met de pleegoudervoogd", POV_MAATREGELEN, "pleegoudervoogdij")


def _ont_j(zaak: Zaak) -> str:
    jong, leeftijd = _number(zaak, "maanden_jong"), _number(zaak, "leeftijd_jong")
    termijn = f"{months(_number(zaak, 'maanden'))} ({months(jong)} bij een kind dat dan nog geen {leeftijd} jaar is)"
    return _rhythm(zaak, "een beeld van de ontwikkeling", "De zorg begon op", zaak.z, termijn)


def _hvp_6(zaak: Zaak) -> str:
    if zaak.laatste is not None:
        return f"Het hulpverleningsplan is vastgesteld op {dutch_date(zaak.laatste)}."
    termijn = days(_number(zaak, "dagen"))
    return _rhythm(zaak, "een vastgesteld hulpverleningsplan", "De zorg begon op", zaak.z, termijn)


def _vp(zaak: Zaak) -> str:
    if zaak.laatste is not None:
        return f"De vertrouwenspersoon is bekend sinds {dutch_date(zaak.laatste)}."
    termijn = months(_number(zaak, "maanden"))
    return _rhythm(zaak, "een vertrouwenspersoon", "De zorg begon op", zaak.z, termijn)


def _eval_j(zaak: Zaak) -> str:
    anker = evaluation_anchor(zaak.gezin, zaak.run, zaak.peildatum)
    termijn = months(_number(zaak, "maanden"))
    return _rhythm(zaak, "een evaluatie met de pleegouders", "De termijn loopt sinds", anker, termijn)


def _valid(zaak: Zaak) -> str | None:
    return None if zaak.laatste is None else f"De VGB is afgegeven op {dutch_date(zaak.laatste)} en geldig."


def _vgb_t(zaak: Zaak) -> str:
    stand = zaak.lidstand
    if stand.besluit is not None and stand.besluit.status != VgbStatus.AFGEGEVEN:
        besluit = f"De VGB is op {dutch_date(stand.besluit.datum)} {stand.besluit.status}"
        return f"{besluit}; {_by(zaak)} was een nieuwe geldige VGB nodig."
    if stand.netwerkcontract is not None and stand.geldig is None:
        termijn = days(_number(zaak, "dagen_netwerk"))
        return (
            f"Het pleegcontract van dit netwerkgezin is van {dutch_date(stand.netwerkcontract)}; "
            f"binnen {termijn}, en niet eerder dan het gezinslid er woont, {_by(zaak)}, is een geldige VGB nodig."
        )
    return _valid(zaak) or (
        f"Een geldige VGB is nodig vanaf het begin van de pleegzorg in dit gezin of van het inwonen: {_by(zaak)}."
    )


def _vgb_12(zaak: Zaak) -> str:
    leeftijd = _number(zaak, "leeftijd")
    return _valid(zaak) or f"Dit gezinslid wordt of werd {leeftijd}; {_by(zaak)} is een geldige VGB nodig."


def _vgb_h(zaak: Zaak) -> str:
    besluit = zaak.lidstand.besluit
    if besluit is not None and besluit.herscreening_uiterlijk is not None:
        return f"In de VGB van {dutch_date(besluit.datum)} is afgesproken: herscreening {_by(zaak)}."
    termijn = months(_number(zaak, "maanden"))
    return f"{_valid(zaak)} De organisatie laat na {termijn} opnieuw screenen: {_by(zaak)}."


def _cal_3(zaak: Zaak) -> str:
    if zaak.laatste is not None:
        return f"De calamiteit is op {dutch_date(zaak.laatste)} aan de IGJ gemeld."
    if zaak.signaal.bij_twijfel:
        termijn = f"{days(_number(zaak, 'dagen_bij_twijfel'))} (bij twijfel)"
    else:
        termijn = dutch_count(_number(zaak, "werkdagen"), "werkdag", "werkdagen")
    bekend = dutch_date(zaak.signaal.bekend_geworden_op)
    return f"De calamiteit werd bekend op {bekend}; zij moet binnen {termijn}, {_by(zaak)}, aan de IGJ zijn gemeld."


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
}
