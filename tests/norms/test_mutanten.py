"""Planted faults: each changes one line of a copy of the engine, and the edge tables must notice.

A check that cannot go red proves nothing (``beloften.md`` D). The replaced text must really occur, exactly
once, and the mutant must give wrong answers, not merely fail to import. ``make drill-tests`` plants them all, the suite
one in each module of the engine.
"""
# ruff: noqa: E501 - one mutant a line reads as a table

import importlib
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from app import norms
from tests.keuze import covering
from tests.norms.randen import MOTOR, Motor, failures
from tests.norms.strategieen import BEGIN, Wereld, world_of
from tests.norms.test_randen import RIJEN
from tests.norms.test_rekenen import SOMMEN
from tests.norms.test_verloop import judgements_on, segments_on


class Mutant(NamedTuple):
    """One fault: in which module, which text becomes which."""

    naam: str
    module: str
    oud: str
    nieuw: str


MUTANTEN = [
    Mutant("uiterlijk zelf al te laat", "judge", "if peildatum > uiterlijk:\n        return", "if peildatum >= uiterlijk:\n        return"),
    Mutant("waarschuwing een dag later", "judge", "if peildatum >= add_days(uiterlijk,", "if peildatum > add_days(uiterlijk,"),
    Mutant("nooit gedaan is geen achterstand", "judge", "if uiterlijk is None:\n        return _OP_TIJD", "if uiterlijk is None or covered:\n        return _OP_TIJD"),
    Mutant("18 een dag te laat", "judge", "ADULT_AGE) <= peildatum:", "ADULT_AGE) < peildatum:"),
    Mutant("pov verzwakt niets", "judge", "return _NO_NORMS if pov is None else LIGHTER_UNDER_POV", "return _NO_NORMS"),
    Mutant("pov verzwakt alles", "judge", "return _NO_NORMS if pov is None else LIGHTER_UNDER_POV", "return _NO_NORMS if pov is None else _ALL_NORMS"),
    Mutant("calamiteit alleen in zorg", "judge", "if z is None:\n        return uit", "if z is None:\n        return []"),
    Mutant("dag van vertrek hoort erbij", "calendar", "return van <= p and (tot is None or p < tot)", "return van <= p and (tot is None or p <= tot)"),
    Mutant("eerste dag hoort er niet bij", "calendar", "return van <= p and (tot is None or p < tot)", "return van < p and (tot is None or p < tot)"),
    Mutant("zorgperiode zonder brugdag", "calendar", "return add_days(tot, 1)", "return tot"),
    Mutant("gezinsreeks breekt op 24 maanden", "calendar", "if periode.van > reach(einde):", "if periode.van >= reach(einde):"),
    Mutant("gezinsreeks van 12 maanden", "calendar", "FAMILY_GAP_MONTHS = 24", "FAMILY_GAP_MONTHS = 12"),
    Mutant("laatste tot in plaats van langste", "calendar", "else max(einde, periode.tot)", "else periode.tot"),
    Mutant("maand klemt niet op 30", "calendar", "return 30 if month in {4, 6, 9, 11} else 31", "return 31 if month in {4, 6, 9, 11} else 30"),
    Mutant("eeuw is schrikkeljaar", "calendar", "(year % 100 != 0 or year % 400 == 0)", "(year % 100 != 0 or year % 400 != 1)"),
    Mutant("schrikkelkind jarig op 28 februari", "calendar", "return date(year, 3, 1)", "return date(year, 2, 28)"),
    Mutant("Koningsdag is geen feestdag", "calendar", "kings_day = date(year, 4, 27)", "kings_day = date(year, 4, 30)"),
    Mutant("geen Goede Vrijdag", "calendar", "ascension, whit_monday = -2, 1, 39, 50", "ascension, whit_monday = 0, 1, 39, 50"),
    Mutant("Hemelvaart een dag te vroeg", "calendar", "ascension, whit_monday = -2, 1, 39, 50", "ascension, whit_monday = -2, 1, 38, 50"),
    Mutant("zaterdag is werkdag", "calendar", "return d.weekday() < _SATURDAY", "return d.weekday() <= _SATURDAY"),
    Mutant("maatregel van elke soort", "calendar", "if x.van <= p and x.soort in soorten]", "if x.van <= p]"),
    Mutant("telefoon telt", "gesprek", "and gesprek.vorm == _FYSIEK\n", "and gesprek.vorm != GespreksVorm.BEELDBELLEN\n"),
    Mutant("mislukte poging telt", "gesprek", "gesprek.doorgegaan\n        and gesprek.alleen", "gesprek.alleen"),
    Mutant("niet alleen telt", "gesprek", "gesprek.doorgegaan\n        and gesprek.alleen", "gesprek.doorgegaan"),
    Mutant("zonder veiligheid telt", "gesprek", "        and gesprek.veiligheid_besproken\n", ""),
    Mutant("gesprek buiten de plaatsing telt", "gesprek", "        and is_active(plaatsing.van, plaatsing.tot, gesprek.datum)\n", ""),
    Mutant("dubbele dag telt dubbel", "plaatsing", "if gevonden and gevonden[-1].datum == gesprek.datum:", "if gevonden is None:"),
    Mutant("KAG-3 zonder de volgende stap", "plaatsing", "(len(dagen) + 1)", "max(len(dagen), 1)"),
    Mutant("KAG-3 telt vanaf het laatste gesprek", "plaatsing", "dagen[aantal - 1].datum", "dagen[0].datum"),
    Mutant("signaal op de dag van de check", "plaatsing", "and anker < s.bekend_geworden_op <= peildatum", "and anker <= s.bekend_geworden_op <= peildatum"),
    Mutant("signaal uit de toekomst", "plaatsing", "and anker < s.bekend_geworden_op <= peildatum", "and anker < s.bekend_geworden_op"),
    Mutant("laatste signaal in plaats van eerste", "plaatsing", "return min(dagen, default=None)", "return max(dagen, default=None)"),
    Mutant("signaal schuift de check op", "plaatsing", "uiterlijk = min(uiterlijk, add_days(", "uiterlijk = max(uiterlijk, add_days("),
    Mutant("crisis is geen voltijd", "plaatsing", "frozenset({PlaatsingVorm.VOLTIJD, PlaatsingVorm.CRISIS})", "frozenset({PlaatsingVorm.VOLTIJD})"),
    Mutant("feit van morgen telt", "bevinding", "return bisect_right(feiten, peildatum, key=_datum_of)", "return n"),
    Mutant("feit van vandaag telt niet", "bevinding", "return bisect_right(feiten", 'return __import__("bisect").bisect_left(feiten'),
    Mutant("anker zelf telt niet", "bevinding", "feiten[n - 1].datum >= anker", "feiten[n - 1].datum > anker"),
    Mutant("elke bespreking telt", "pleegkind", "if bespreking.multidisciplinair:", "if bespreking:"),
    Mutant("maatregel telt niet als anker", "pleegkind", "add_months(max(anker, m),", "add_months(anker,"),
    Mutant("4 jaar op de dag zelf is nog jong", "pleegkind", "if jong < birthday(", "if jong <= birthday("),
    Mutant("vertrouwenspersoon pas vanaf Z", "pleegkind", "last_event(dossier.vertrouwenspersonen, date.min, peildatum)", "last_event(dossier.vertrouwenspersonen, z, peildatum)"),
    Mutant("aanvraag is een besluit", "vgb", "if lid.vgbs[i].status != _AANGEVRAAGD:", "if lid.vgbs[i]:"),
    Mutant("VGB van voor het einde geldt", "vgb", "return run.vorige_einde is None or besluit.datum >= run.vorige_einde", "return True"),
    Mutant("VGB op de dag van het einde geldt niet", "vgb", "besluit.datum >= run.vorige_einde", "besluit.datum > run.vorige_einde"),
    Mutant("contract uit de toekomst", "vgb", "return c if c is not None and c <= peildatum else None", "return c"),
    Mutant("12 op B hoort nog bij VGB-12", "vgb", "jarig <= stand.b:", "jarig < stand.b:"),
    Mutant("B is altijd F", "vgb", "max(run.van, lid.inwonend_sinds)", "run.van"),
    Mutant("contract bij een intrekking", "vgb", "stand.besluit.status != _AFGEGEVEN:", "stand.besluit is None:"),
    Mutant("N gaat voor de afspraak", "vgb", "if uiterlijk is None:\n        maanden", 'if norm.parameters.get("maanden") or uiterlijk is None:\n        maanden'),
    Mutant("evaluatie zonder contract", "gezin", "return run.van if c is None else max(c, run.van)", "return run.van"),
    Mutant("melding uit de toekomst", "signaal", "gemeld is not None and gemeld <= peildatum", "gemeld is not None"),
    Mutant("uitzondering zonder laatste dag", "uitzondering", "<= peildatum <= uitzondering.herzien_uiterlijk", "<= peildatum < uitzondering.herzien_uiterlijk"),
    Mutant("eigen goedkeuring", "uitzondering", "if uitzondering.goedgekeurd_door == uitzondering.opgesteld_door:", "if uitzondering is None:"),
    Mutant("elke rol mag goedkeuren", "uitzondering", "if uitzondering.goedkeurder_rol not in _APPROVERS:", "if uitzondering.goedkeurder_rol is None:"),
    Mutant("uitzondering dekt elke norm", "uitzondering", "        and code in uitzondering.normen\n", ""),
    Mutant("91 dagen voor iedereen", "vgb", "contract_known(gezin, peildatum) if gezin.soort == _NETWERK else None", "contract_known(gezin, peildatum)"),
    Mutant("twijfel bestaat niet", "signaal", "if not signaal.bij_twijfel:", "if signaal is not None:"),
    Mutant("KAG-R is vijf maanden", "versies/landelijk_eerste", '{"maanden": 4}', '{"maanden": 5}'),
    Mutant("HB is een norm", "versies/landelijk_eerste", "onderwerp=_PLAATSING,\n        zwaarte=_STREEF,", "onderwerp=_PLAATSING,\n        zwaarte=_NORM,"),
    Mutant("eigen versie wint niet", "versies/catalogue", "return landelijk | {code: _tightened(landelijk[code], n) for code, n in eigen.items()}", "return landelijk"),
    Mutant("aanleiding van voor oktober", "opvolging", "is_grave(signaal) and asks_to_act(k) and", "is_grave(signaal) and"),
    Mutant("gesprek van voor oktober", "opvolging", "if not asks_to_act(gesprek.datum):", "if gesprek is None:"),
    Mutant("check van voor oktober", "opvolging", "if not asks_to_act(check.datum):", "if check is None:"),
    Mutant("twijfel is een aanleiding", "opvolging", "return veilig_in_gezin == _NEE and", "return veilig_in_gezin is not None and"),
    Mutant("een gesprek dat niet doorging is een aanleiding", "opvolging", "== _NEE and bool(doorgegaan)", "== _NEE"),
    Mutant("alleen onveilig is een aanleiding", "opvolging", "(Uitkomst.ZORGEN, Uitkomst.ONVEILIG)", "(Uitkomst.ONVEILIG,)"),
    Mutant("letsel vergeten", "opvolging", '"onthulling", "letsel",', '"onthulling",'),
    Mutant("geweld vergeten", "opvolging", '"geweld", "calamiteit"', '"calamiteit"'),
    Mutant("een besluit is een overleg", "opvolging", "        and one.stap == stap\n", ""),
    Mutant("een stap over iets anders", "opvolging", "if one.aanleiding_id == key\n        and one.aanleiding_soort == soort", "if one.aanleiding_soort == soort"),
    Mutant("een stap over iets anders met dat nummer", "opvolging", "        and one.aanleiding_soort == soort\n", ""),
    Mutant("het laatste overleg", "opvolging", "return min(found, key=", "return max(found, key="),
    Mutant("de meldcode telt niet", "opvolging", "MELDCODE.get(one.stap) == stap", "MELDCODE.get(one.stap) is None"),
    Mutant("kalenderdagen na een zorg", "opvolging", "return add_working_days(aanleiding.k,", "return add_days(aanleiding.k,"),
    Mutant("gedaan blijft voor altijd", "opvolging", "elif shown:", "else:"),
    Mutant("niet gedaan vervalt na een jaar", "opvolging", "if gezet is None:\n        yield", "if gezet is None and shown:\n        yield"),
    Mutant("hercheck op dezelfde dag", "opvolging", "if check.datum > aanleiding.k and", "if check.datum >= aanleiding.k and"),
    Mutant("hercheck zonder het kind", "opvolging", "aanleiding.k and check.kind_gezien:", "aanleiding.k:"),
    Mutant("hercheck na vertrek", "opvolging", "waar is not None and is_active(waar.van, waar.tot, peildatum)", "waar is not None"),
    Mutant("elk bezoek is gezien", "waarneming", "if feit.kind_gezien and is_active", "if is_active"),
    Mutant("een telefoontje is gezien", "waarneming", "return gesprek.doorgegaan and gesprek.vorm == _FYSIEK", "return gesprek.doorgegaan"),
    Mutant("gezien na vertrek", "waarneming", "if feit.kind_gezien and is_active(plaatsing.van, plaatsing.tot, feit.datum):", "if feit.kind_gezien:"),
    Mutant("gezien voor het plan", "waarneming", "since = max(vanaf, plaatsing.van)", "since = plaatsing.van"),
    Mutant("eerst ook 42 dagen", "plaatsing", 'norm.number("dagen_eerste")', 'norm.number("dagen")'),
    Mutant("KAG-D vergeten", "plaatsing", "(NormCode.VC_J, vc_j), (NormCode.KAG_D, kag_r))", "(NormCode.VC_J, vc_j),)"),
    Mutant("zichtplan blijft norm bij pov", "plaatsing", "NormCode.HB, NormCode.ZP}", "NormCode.HB}"),
    Mutant("het plan is niet van wie in zorg is", "judge", "    if dossier.uitzonderingen:\n        uit += find_zichtplannen", "    if dossier is None:\n        uit += find_zichtplannen"),
    Mutant("een gedane actie blijft", "zichtplan", "not (actie.gedaan_op is not None and actie.gedaan_op <= peildatum)", "actie.gedaan_op is None or actie.gedaan_op >= peildatum"),
    Mutant("zichtplan van een teamleider", "uitzondering", "if uitzondering.goedkeurder_rol != Rol.GEDRAGSWETENSCHAPPER:", "if uitzondering.goedkeurder_rol is None:"),
    Mutant("zichtplan van een jaar", "uitzondering", "ZICHTPLAN_MAANDEN = 6", "ZICHTPLAN_MAANDEN = 12"),
    Mutant("zichtplan van voor oktober", "uitzondering", "        and uitzondering.van >= TWEEDE_CATALOGUS\n", ""),
    Mutant("uitzondering 31 dagen", "uitzondering", "GESPREK_DAGEN = 30", "GESPREK_DAGEN = 31"),
    Mutant("uitzondering van voor oktober ook 30 dagen", "uitzondering", " or uitzondering.van < TWEEDE_CATALOGUS:", ":"),
    Mutant("calamiteit blijft gedekt", "uitzondering", "NormCode.ZP, NormCode.CAL_3}", "NormCode.ZP}"),
    Mutant("calamiteit was nooit gedekt", "uitzondering", "code in NOOIT_GEDEKT and peildatum >= TWEEDE_CATALOGUS)\n        and", "code in NOOIT_GEDEKT)\n        and"),
    Mutant("MDO zonder maatregel is een norm", "pleegkind", "._replace(zwaarte=_STREEF)", ""),
    Mutant("geweld hoeft niet gemeld", "signaal", "(second and signaal.geweld)", "False"),
    Mutant("conclusie telt niet", "signaal", "einde = min(einde, conclusie)", "einde = min(einde, einde)"),
    Mutant("twijfel zonder werkdagen", "signaal", "return Normuitkomst(None, add_working_days(einde,", "return Normuitkomst(None, add_days(einde,"),
    Mutant("eerdere twijfel ook anders", "signaal", "norm.formule >= _NA_CONCLUSIE and signaal.bekend_geworden_op >= TWEEDE_CATALOGUS", "norm.formule >= _NA_CONCLUSIE"),
    Mutant("wie later kwam heeft ook 13 weken", "vgb", "c if c is not None and lid.inwonend_sinds <= c else None", "c"),
    Mutant("13 weken alleen voor pleegouders", "vgb", "return self.eigen_contract if norm.formule >= _WIE_ER_WAS else self.netwerkcontract", "return self.netwerkcontract"),
    Mutant("gezinshuis is pleegzorg", "vgb", "p.zorgvorm == Zorgvorm.PLEEGZORG and", ""),
    Mutant("beëindigde pleegzorg telt mee", "vgb", "p.zorgvorm == Zorgvorm.PLEEGZORG and is_active(p.van, p.tot, peildatum)", "p.zorgvorm == Zorgvorm.PLEEGZORG"),
    Mutant("POV-1 blijft een norm", "versies/landelijk_tweede", "NormCode.POV_1,\n        zwaarte=_STREEF,", "NormCode.POV_1,"),
]  # fmt: skip

# Forgotten breakpoints of the course: its day-by-day property must notice.
VERLOOP_MUTANTEN = [
    Mutant("18e verjaardag vergeten", "course", "yield birthday(dossier.geboortedatum, ADULT_AGE)", "yield None"),
    Mutant("maatregelen vergeten", "course", "yield from _ends(dossier.maatregelen)", "yield None"),
    Mutant("signaal vergeten", "course", "yield signaal.bekend_geworden_op", "yield None"),
    Mutant("melding vergeten", "course", "yield signaal.gemeld_igj_op", "yield None"),
    Mutant("conclusie vergeten", "course", "yield signaal.conclusie_op", "yield None"),
    Mutant("30 dagen vergeten", "course", "yield add_days(uitzondering.van, GESPREK_DAGEN + 1)", "yield None"),
    Mutant("een jaar na k vergeten", "course", "yield add_months(aanleiding.k, GETOOND_MAANDEN)", "yield None"),
    Mutant("stappen vergeten", "course", "yield from (stap.datum for stap in dossier.opvolgstappen)", "yield None"),
    Mutant("meldcode vergeten", "course", "yield from (stap.datum for stap in dossier.meldcodestappen)", "yield None"),
    Mutant("afspraak vergeten", "course", "yield actie.datum", "yield None"),
    Mutant("gedane actie vergeten", "course", "yield actie.gedaan_op", "yield None"),
    Mutant("plaatsingen vergeten", "course", "yield from _ends(gezin.plaatsingen)", "yield None"),
    Mutant("begin van de uitzondering vergeten", "course", "yield uitzondering.van", "yield None"),
    Mutant(
        "einde van de uitzondering een dag te vroeg",
        "course",
        "yield add_days(uitzondering.herzien_uiterlijk, 1)",
        "yield uitzondering.herzien_uiterlijk",
    ),
    Mutant("gesprekken vergeten", "course", "yield from _later(plaatsing.kindgesprekken, vanaf)", "yield None"),
    Mutant("checks vergeten", "course", "yield from _later(plaatsing.veiligheidschecks, vanaf)", "yield None"),
    Mutant("huisbezoeken vergeten", "course", "yield from _later(plaatsing.huisbezoeken, vanaf)", "yield None"),
    Mutant(
        "besprekingen vergeten",
        "course",
        "yield from _later(dossier.casuistiekbesprekingen, vanaf)",
        "yield None",
    ),
    Mutant(
        "ontwikkelbeelden vergeten",
        "course",
        "yield from _later(dossier.ontwikkelbeelden, vanaf)",
        "yield None",
    ),
    Mutant("plannen vergeten", "course", "yield from _later(dossier.hulpverleningsplannen, vanaf)", "yield None"),
    Mutant(
        "vertrouwenspersonen vergeten",
        "course",
        "yield from _later(dossier.vertrouwenspersonen, vanaf)",
        "yield None",
    ),
    Mutant(
        "voogdgesprekken vergeten",
        "course",
        "yield from _later(dossier.pleegoudervoogdgesprekken, vanaf)",
        "yield None",
    ),
    Mutant("contract vergeten", "course", "yield gezin.pleegcontract_op", "yield None"),
    Mutant("evaluaties vergeten", "course", "yield from _later(gezin.evaluaties, vanaf)", "yield None"),
    Mutant("inwonen vergeten", "course", "yield lid.inwonend_sinds", "yield None"),
    Mutant("vertrek uit het gezin vergeten", "course", "yield lid.inwonend_tot", "yield None"),
    Mutant("vgbs vergeten", "course", "yield from _later(lid.vgbs, vanaf)", "yield None"),
    Mutant(
        "12e verjaardag zonder 60 dagen",
        "course",
        "yield add_days(birthday(lid.geboortedatum, leeftijd), -dagen)",
        "yield birthday(lid.geboortedatum, leeftijd)",
    ),
    Mutant("normversies vergeten", "course", "later.update(catalogus.changes_after(vanaf))", "later.update([])"),
    Mutant("waarschuwing vergeten", "course", "add_days(uiterlijk, -norm.waarschuwing_dagen)", "uiterlijk"),
    Mutant("dekking vergeten", "course", "None if dekking is None else dekking.id", "None"),
]


BRON = Path(norms.__file__).parent


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let ``mutant`` be each fault of the edges, ``vergeten`` each forgotten breakpoint; or the choice of them."""
    for name, whole in (("mutant", MUTANTEN), ("vergeten", VERLOOP_MUTANTEN)):
        if name in metafunc.fixturenames:
            chosen = whole if metafunc.config.getoption("--heel") else covering(whole, lambda one: [one.module])
            metafunc.parametrize(name, chosen, ids=lambda one: one.naam)


@pytest.fixture
def kopie(tmp_path: Path) -> Iterator[Path]:
    """A fresh copy of the engine as the package ``kopie_norms``, importable until the test ends."""
    map_ = tmp_path / "kopie_norms"
    shutil.copytree(BRON, map_, ignore=shutil.ignore_patterns("__pycache__"))
    for pad in map_.rglob("*.py"):
        tekst = pad.read_text(encoding="utf-8")
        pad.write_text(tekst.replace("app.norms", "kopie_norms"), encoding="utf-8")
    sys.path.insert(0, str(tmp_path))
    yield map_
    sys.path.remove(str(tmp_path))
    for naam in [n for n in sys.modules if n == "kopie_norms" or n.startswith("kopie_norms.")]:
        del sys.modules[naam]


def _load() -> Motor:
    importlib.invalidate_caches()
    return Motor(*(importlib.import_module(deel.__name__.replace("app.norms", "kopie_norms")) for deel in MOTOR))


def test_every_text_that_is_replaced_occurs_once() -> None:
    """Of those that are not planted today too: code that changed must not leave a fault behind that cannot be made."""
    for mutant in (*MUTANTEN, *VERLOOP_MUTANTEN):
        assert (BRON / f"{mutant.module}.py").read_text(encoding="utf-8").count(mutant.oud) == 1, mutant.naam


def test_the_copy_without_a_fault_passes(kopie: Path) -> None:
    assert failures(_load(), RIJEN, SOMMEN) == []


def _plant(mutant: Mutant, kopie: Path) -> None:
    pad = kopie / f"{mutant.module}.py"
    tekst = pad.read_text(encoding="utf-8")
    assert tekst.count(mutant.oud) == 1, "the text to replace must occur exactly once"
    pad.write_text(tekst.replace(mutant.oud, mutant.nieuw), encoding="utf-8")


def test_the_edges_kill(mutant: Mutant, kopie: Path) -> None:
    _plant(mutant, kopie)
    motor = _load()
    assert motor.judge.__file__ == str(kopie / "judge.py")
    assert failures(motor, RIJEN, SOMMEN) != []


def _course_is_wrong(course: ModuleType, zaad: int) -> bool:
    """Whether this copy of the course differs from judging the days of one world."""
    dossier, gezinnen, catalogus = world_of(zaad)
    vanaf = BEGIN + timedelta(days=zaad * 7 % 600)  # late enough to see a year after the second catalogue began
    termijnen = course.future_termijnen(dossier, gezinnen, catalogus, vanaf)
    return any(
        segments_on(termijnen, catalogus, op) != judgements_on(Wereld(dossier, gezinnen, catalogus), op)
        for op in (vanaf + timedelta(days=n) for n in range(420))
    )


def test_the_course_property_kills(vergeten: Mutant, kopie: Path) -> None:
    _plant(vergeten, kopie)
    _load()
    course = importlib.import_module("kopie_norms.course")
    assert any(_course_is_wrong(course, zaad) for zaad in range(400))
