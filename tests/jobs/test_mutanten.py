"""Planted faults in how messages go: each changes one line of the code, and a test of messages must notice.

A check that cannot go red proves nothing. Tests that notice are run as they stand; the module with its fault takes the
place of the one that is loaded. ``make drill-tests`` plants them all, the suite one of each module.
"""
# ruff: noqa: E501 - one mutant a line reads as a table

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import pytest

from app.services.berichten.weekbericht import announce_week
from app.terms import Berichtreden
from tests.jobs import test_berichten as berichten
from tests.jobs import test_einde_uitzondering as einde
from tests.jobs import test_uitstel as uitstel
from tests.jobs import test_weer_nodig as weer
from tests.jobs import test_weer_nodig_import as imports
from tests.jobs import test_werk as werk
from tests.jobs.conftest import NU, Wereld
from tests.keuze import covering

Proef = Callable[[Wereld], object]


class Mutant(NamedTuple):
    """One fault: in which module, which text becomes which, and what notices."""

    naam: str
    module: str
    oud: str
    nieuw: str
    proef: Proef


def the_team_hears(wereld: Wereld) -> None:
    berichten.test_at_once_the_begeleider_and_the_team_hear_it_and_only_once(wereld, berichten.onveilig)


def a_calamiteit_is_heard(wereld: Wereld) -> None:
    berichten.signaal(wereld, wereld.plaatsing_of("begeleider", 3), calamiteit=True)
    assert Berichtreden.CALAMITEIT in {one.reden for one in berichten.outbox(wereld)}


def a_vgb_is_heard(wereld: Wereld) -> None:
    berichten.test_at_once_the_begeleider_and_the_team_hear_it_and_only_once(wereld, berichten.ingetrokken_vgb)


def a_mistake_is_mended(wereld: Wereld) -> None:
    weer.test_what_was_corrected_by_mistake_is_heard_when_that_is_mended(wereld, weer.wrong_check)


def a_day_is_moved(wereld: Wereld) -> None:
    imports.test_a_day_that_an_import_moved_forward_is_late_earlier(wereld, date(2026, 11, 24), 26)


def one_overview_a_week(wereld: Wereld) -> None:
    """Also for who asks for it a second time, on another day."""
    with wereld.session() as session:
        made = [
            announce_week(session, wereld.organisatie_id, wereld.plaats.kanalen, NU + timedelta(days=days))
            for days in (0, 1)
        ]
    assert made == [5, 0]


def announced_fourteen_days_before(wereld: Wereld) -> None:
    einde.test_it_is_heard_fourteen_days_before_and_once(wereld, {})


nobody: Final = berichten.test_everything_the_demo_can_cause_names_nobody
meanwhile: Final = berichten.test_who_was_spoken_to_meanwhile_hears_nothing
MUTANTEN: Final = [
    Mutant("de regel wordt niet opnieuw gevraagd", "services.berichten.bezorgen", "asked = vraag.asks_on(civil_date(nu))", "asked = True", meanwhile),
    Mutant("wie het had hoort het ook", "services.berichten.bezorgen", "wie = ask_again(session, bericht, vandaag).wie", 'wie = {medewerker_id: "begeleider@x.test", **ask_again(session, bericht, vandaag).wie}', berichten.test_only_who_has_the_child_now_hears_it),
    Mutant("wie het weer heeft hoort het niet", "services.berichten.bezorgen", "where=Bezorging.afloop == Bezorgafloop.VERVALLEN", "where=Bezorging.afloop == Bezorgafloop.VERSTUURD", berichten.test_who_has_the_child_again_hears_it_after_all),
    Mutant("wat verstuurd is blijft open", "services.berichten.afloop", "self._close(one, Bezorgafloop.VERSTUURD, nu)", "one.fout = None", the_team_hears),
    Mutant("er komt geen einde aan", "services.berichten.afloop", "one.pogingen >= POGINGEN", "one.pogingen >= POGINGEN + 1", berichten.test_what_fails_is_tried_later_and_later_and_then_given_up),
    Mutant("nog eens naar wie er niet is", "services.berichten.afloop", "if error.blijvend or", "if", berichten.test_an_address_that_does_not_exist_is_given_up_at_once),
    Mutant("het kenmerk van het feit gaat mee", "services.berichten.bezorgen", '"kanaal": kanaal, "kenmerk": new_uid()', '"kanaal": kanaal, "kenmerk": bericht.feit_uid', nobody),
    Mutant("het feit staat in de link", "services.berichten.bezorgen", "attention(self.link)", "attention(self.link + str(bericht.feit_uid))", nobody),
    Mutant("de reden staat in het onderwerp", "services.berichten.bezorgen", "attention(self.link)", 'attention(self.link).__class__(f"Aandacht: {bericht.reden}", attention(self.link).regels, self.link)', nobody),
    Mutant("een naam in het weekoverzicht", "services.berichten.weekbericht", "overview(*_count(session, actor, vandaag), link)", 'overview(*_count(session, actor, vandaag), link).__class__(f"Uw weekoverzicht, {medewerker.naam}", overview(*_count(session, actor, vandaag), link).regels, link)', nobody),
    Mutant("alleen HTML zegt het nummer", "channels.mail", "<body>{words}", "<body>{words}<p>PZ00000001</p>", nobody),
    Mutant("een kop met van wie het is", "channels.mail", 'mail["X-Auto-Response-Suppress"] = "All"', 'mail["X-Auto-Response-Suppress"] = "onveilig"', nobody),
    Mutant("de teamleider hoort het niet", "queries.berichten", "MEDE = (Rol.GEDRAGSWETENSCHAPPER, Rol.TEAMLEIDER)", "MEDE = (Rol.GEDRAGSWETENSCHAPPER,)", the_team_hears),
    Mutant("wie afwezig is hoort het", "queries.berichten", "return {*medewerkers} - {absent for absent, _ in rows} |", "return {*medewerkers} |", berichten.test_who_covers_hears_it_in_the_place_of_who_is_absent),
    Mutant("te laat om acht uur", "services.berichten.aankondigen", "OCHTEND: Final = time(7)", "OCHTEND: Final = time(8)", berichten.test_late_is_announced_with_its_day_and_heard_that_morning),
    Mutant("te laat hoort men meteen", "services.berichten.aankondigen", "moment = _when_late(session, organisatie_id, soort, values)", "pass", berichten.test_late_is_announced_with_its_day_and_heard_that_morning),
    Mutant("dertien dagen ervoor", "norms.berichten", "VOORAF_DAGEN: Final = 14", "VOORAF_DAGEN: Final = 13", announced_fourteen_days_before),
    Mutant("een calamiteit hoort niemand", "invoer.berichten", 'if waarden.get("calamiteit"):', 'if waarden.get("ramp"):', a_calamiteit_is_heard),
    Mutant("een ingetrokken VGB hoort niemand", "invoer.berichten", "VgbStatus.INGETROKKEN:", "VgbStatus.AFGEGEVEN:", a_vgb_is_heard),
    Mutant("een leeg overzicht komt niet", "services.berichten.weekbericht", "return None if actor is None else overview(*_count(session, actor, vandaag), link)", "return None if actor is None or not _count(session, actor, vandaag)[0] else overview(*_count(session, actor, vandaag), link)", werk.test_the_overview_comes_also_when_there_is_nothing_to_say),
    Mutant("elke dag een overzicht", "services.berichten.weekbericht", 'tijdvak=f"{year}-W{week:02}"', "tijdvak=civil_date(nu).isoformat()", one_overview_a_week),
    Mutant("uitgesteld voor iedereen", "services.berichten.vraag", "is_end_put_off(session, medewerker_id, key, vandaag)", "bool(session.scalar(select(Uitzondering.id).limit(1)))", uitstel.test_another_begeleider_is_not_silenced),
    Mutant("wat verviel blijft vervallen", "services.berichten.reopening", "    if not about:", "    if about:", a_mistake_is_mended),
    Mutant("wie een kind overneemt hoort niets", "services.berichten.reopening", "    Begeleiding.__tablename__: _of_begeleiding,", "", weer.test_who_takes_over_hears_what_is_still_open_and_nobody_twice),
    Mutant("wie morgen overneemt hoort niets", "jobs.taken", "        reopen_begun(session, organisatie, civil_date(nu))\n", "", weer.test_who_takes_over_on_a_later_day_hears_it_that_morning),
    Mutant("'s nachts wakker van een overdracht", "services.berichten.reopening", '"vanaf": morning_of(vandaag)', '"vanaf": start_of_day(vandaag)', weer.test_who_takes_over_on_a_later_day_hears_it_that_morning),
    Mutant("alleen wat verviel hoort wie overneemt", "services.berichten.reopening", "true() if model is Begeleiding else _LAPSED", "_LAPSED", weer.test_a_handover_by_mistake_that_was_heard_of_and_is_undone),
    Mutant("een ingetrokken stap verandert niets", "services.berichten.reopening", "    Opvolgstap.__tablename__: _of_opvolgstap,", "", weer.test_a_step_that_was_taken_back_leaves_it_to_be_heard),
    Mutant("een ingetrokken VGB verandert niets", "services.berichten.reopening", "    Vgb.__tablename__: _of_vgb,", "", weer.test_a_vgb_that_was_not_given_after_all),
    Mutant("een kind dat toch bleef verandert niets", "services.berichten.reopening", "    Plaatsing.__tablename__: lambda these: _of_child(these, Plaatsing),", "", weer.test_the_end_of_an_uitzondering_of_a_child_that_did_not_leave_after_all),
    Mutant("een ingetrokken uitzondering verandert niets", "services.berichten.reopening", "    Uitzondering.__tablename__: lambda these: _of_child(these, Uitzondering),", "", weer.test_what_an_uitzondering_covered_that_was_taken_back),
    Mutant("na een import laat op de oude dag", "services.berichten.reopening", ".values(vanaf=nu)", ".values(vanaf=Bericht.vanaf)", a_day_is_moved),
    Mutant("'s nachts wakker van een import", "services.berichten.bezorgen", "morning_of(vraag.vanaf) > nu:", "vraag.vanaf > civil_date(nu):", imports.test_in_the_night_of_an_import_nobody_is_woken),
    Mutant("wat een import verbetert blijft vervallen", "services.werkboek.schrijven", "    reopen_many(run.session, run.recording.organisatie_id, table.model, replaced, run.recording.at)", "", imports.test_a_step_that_an_import_brought_and_another_corrects),
    Mutant("wat een import terugneemt blijft vervallen", "services.werkboek.terug", "    reopen_many(session, recording.organisatie_id, model, [row.newest.id for row in rows], recording.at)", "", imports.test_a_step_of_an_import_that_is_taken_back_and_comes_in_again),
    Mutant("onderweg vervallen blijft vervallen", "services.berichten.reopening", "if keys and model is not Begeleiding else ():", "if not keys else ():", weer.test_also_when_it_lapsed_on_its_way),
]  # fmt: skip


def source_of(mutant: Mutant) -> str:
    return Path(str(import_module(f"app.{mutant.module}").__file__)).read_text(encoding="utf-8")


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Let all that was imported of a module be of a copy with the fault in it."""
    loaded, faulty = import_module(f"app.{mutant.module}"), ModuleType(f"app.{mutant.module}")
    code = compile(source_of(mutant).replace(mutant.oud, mutant.nieuw), mutant.module, "exec")
    sys.modules[loaded.__name__] = faulty  # where dataclasses look
    exec(code, vars(faulty))  # noqa: S102 — our own code
    replaced = list(_imports_of(loaded, faulty))
    for where, name, _ in replaced:
        there = getattr(faulty, where.__name__) if isinstance(where, type) else faulty
        setattr(where, name, getattr(there, name))
    try:
        yield
    finally:
        sys.modules[loaded.__name__] = loaded
        for where, name, value in replaced:
            setattr(where, name, value)


def _imports_of(loaded: ModuleType, faulty: ModuleType) -> Iterator[tuple[ModuleType | type, str, Any]]:
    """Yield where what a module made stands, under which name, and what it is: in modules, and on what it made of it."""
    theirs = {name: value for name, value in vars(loaded).items() if not name.startswith("__") and name in vars(faulty)}
    for module in [one for name, one in sys.modules.items() if name.startswith(("app.", "tests.jobs."))]:
        for name, value in theirs.items():
            made_there = getattr(value, "__module__", loaded.__name__) == loaded.__name__
            if made_there and module is not faulty and vars(module).get(name) is value:
                yield module, name, value
    for value in theirs.values():
        if isinstance(value, type) and value.__module__ == loaded.__name__:
            yield from ((value, one, own) for one, own in vars(value).items() if isfunction(own) and one[:2] != "__")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let ``mutant`` be each fault, or the choice of them."""
    if "mutant" in metafunc.fixturenames:
        heel = metafunc.config.getoption("--heel")
        chosen = MUTANTEN if heel else covering(MUTANTEN, lambda one: [one.module])
        metafunc.parametrize("mutant", chosen, ids=lambda one: one.naam)


def test_every_text_that_is_replaced_occurs_once() -> None:
    assert [one.naam for one in MUTANTEN if source_of(one).count(one.oud) != 1] == []


@pytest.mark.parametrize("proef", [the_team_hears, one_overview_a_week, a_calamiteit_is_heard, nobody])
def test_without_a_fault_they_pass(proef: Proef, wereld: Wereld) -> None:
    """Those of which only a part stands elsewhere, and that which looks for names."""
    proef(wereld)


def test_a_test_of_messages_kills(mutant: Mutant, wereld: Wereld) -> None:
    with planted(mutant), pytest.raises((AssertionError, ValueError)):
        mutant.proef(wereld)
