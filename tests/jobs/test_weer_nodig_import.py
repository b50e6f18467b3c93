"""An import, and taking one back, let be asked again what had lapsed: the same as when people correct it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.models import Bericht, Feit, Gezinslid, Medewerker, Plaatsing, Pleeggezin, Pleegkind, Veiligheidscheck
from app.models.versions import newest
from app.services.berichten.reopening import reopen_many
from app.services.werkboek.run import Importverzoek, Terugverzoek, run_import, run_take_back
from tests.imports import bouw
from tests.jobs.conftest import NU, STRAKS, VANDAAG, Wereld
from tests.jobs.test_berichten import TEAM, ingetrokken_vgb, onveilig

MINUUT = timedelta(minutes=1)


def nummer(wereld: Wereld, model: type[Feit], feit_id: int) -> str:
    with wereld.session() as session:
        return session.scalars(select(model.nummer).where(model.id == feit_id)).one()


def import_rows(wereld: Wereld, **bladen: list[dict[str, Any]]) -> None:
    """Import a workbook of some sheets into the demo; each recording is a little after the one before."""
    verzoek = Importverzoek(bouw.xlsx_of(bladen), "DEMO")
    verslag = run_import(wereld.plaats.engines.work, verzoek, secrets=wereld.secrets, nu=NU)
    assert (verslag.exit_code, verslag.uitkomst is not None and verslag.uitkomst.changed) == (0, True)


def take_back(wereld: Wereld) -> None:
    assert run_take_back(wereld.plaats.engines.work, Terugverzoek("DEMO"), nu=NU).exit_code == 0


def check_row(wereld: Wereld, check: Any, **other: Any) -> dict[str, Any]:
    own = {
        "nummer": check.nummer, "plaatsing": nummer(wereld, Plaatsing, check.plaatsing_id), "datum": check.datum,
        "medewerker": nummer(wereld, Medewerker, check.medewerker_id), "instrument": "ARIJ", "uitkomst": "onveilig",
    }  # fmt: skip
    return {**own, **other}


def stap_row(wereld: Wereld, plaatsing: Plaatsing, check: Any, **other: Any) -> dict[str, Any]:
    own = {
        "nummer": f"IMP-{check.nummer}", "pleegkind": nummer(wereld, Pleegkind, plaatsing.pleegkind_id),
        "aanleiding_soort": "veiligheidscheck", "aanleiding": check.nummer, "stap": "overleg", "datum": VANDAAG,
        "met": "gedragswetenschapper", "medewerker": nummer(wereld, Medewerker, check.medewerker_id),
    }  # fmt: skip
    return {**own, **other}


BESLUIT = {"stap": "besluit", "met": "", "besluit": "afspraken"}


def test_a_step_that_an_import_brought_and_another_corrects(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    check = onveilig(wereld, plaatsing)
    import_rows(wereld, opvolgstappen=[stap_row(wereld, plaatsing, check)])
    assert (wereld.deliver(STRAKS + MINUUT).vervallen, wereld.post.taken) == (1, [])
    import_rows(wereld, opvolgstappen=[stap_row(wereld, plaatsing, check, **BESLUIT)])
    wereld.deliver(STRAKS + 3 * MINUUT)
    wereld.deliver(STRAKS + 4 * MINUUT)
    assert wereld.post.who == TEAM


def test_a_step_of_an_import_that_is_taken_back_and_comes_in_again(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    check = onveilig(wereld, plaatsing)
    import_rows(wereld, opvolgstappen=[stap_row(wereld, plaatsing, check)])
    assert wereld.deliver(STRAKS + MINUUT).vervallen == 1
    take_back(wereld)
    import_rows(wereld, opvolgstappen=[stap_row(wereld, plaatsing, check)])
    assert (wereld.deliver(STRAKS + 4 * MINUUT).vervallen, wereld.post.taken) == (1, [])
    take_back(wereld)
    wereld.deliver(STRAKS + 6 * MINUUT)
    assert wereld.post.who == TEAM


def test_also_when_it_lapsed_on_its_way(wereld: Wereld) -> None:
    plaatsing = wereld.plaatsing_of("begeleider")
    check = onveilig(wereld, plaatsing)
    wereld.post.refuse = "451 later"
    assert wereld.deliver().mislukt == 3
    import_rows(wereld, opvolgstappen=[stap_row(wereld, plaatsing, check)])
    wereld.post.refuse = ""
    assert wereld.deliver(STRAKS + 5 * MINUUT).vervallen == 3
    import_rows(wereld, opvolgstappen=[stap_row(wereld, plaatsing, check, **BESLUIT)])
    wereld.deliver(STRAKS + 7 * MINUUT)
    assert wereld.post.who == TEAM


def test_a_check_of_the_service_that_a_file_calls_safe_and_then_not(wereld: Wereld) -> None:
    check = onveilig(wereld, wereld.plaatsing_of("begeleider"))
    import_rows(wereld, veiligheidschecks=[check_row(wereld, check, uitkomst="veilig")])
    assert (wereld.deliver(STRAKS + MINUUT).vervallen, wereld.post.taken) == (2, [])
    import_rows(wereld, veiligheidschecks=[check_row(wereld, check)])
    wereld.deliver(STRAKS + 3 * MINUUT)
    assert wereld.post.who == TEAM


@pytest.mark.parametrize(("day", "late"), [(date(2026, 11, 24), 26), (date(2026, 11, 23), 25)])
def test_a_day_that_an_import_moved_forward_is_late_earlier(wereld: Wereld, day: date, late: int) -> None:
    """Heard on the morning that the rule says, and not in the night of the import; one that has been, at once."""
    check = onveilig(wereld, wereld.plaatsing_of("begeleider"), uitkomst="zorgen")
    row = check_row(wereld, check, uitkomst="zorgen", datum=day)
    import_rows(wereld, veiligheidschecks=[row])
    morning = max(datetime(2026, 11, late, 6, tzinfo=UTC), STRAKS)
    assert wereld.deliver(morning - timedelta(seconds=1)).verstuurd == 0
    assert wereld.deliver(morning).verstuurd == 3


def test_in_the_night_of_an_import_nobody_is_woken(wereld: Wereld) -> None:
    check = onveilig(wereld, wereld.plaatsing_of("begeleider"), uitkomst="zorgen", datum=date(2026, 11, 24))
    night, morning = datetime(2026, 11, 26, 1, tzinfo=UTC), datetime(2026, 11, 26, 6, tzinfo=UTC)
    with wereld.session() as session:
        session.execute(update(Bericht).values(vanaf=morning + timedelta(days=9)))
        reopen_many(session, wereld.organisatie_id, Veiligheidscheck, [check.id], night)
        session.commit()
    assert wereld.deliver(night + MINUUT).verstuurd == 0
    assert wereld.deliver(morning).verstuurd == 3


def left(wereld: Wereld, plaatsing: Plaatsing, vgb: Any, *, by_mistake: bool) -> None:
    kind, gezin = nummer(wereld, Pleegkind, plaatsing.pleegkind_id), nummer(wereld, Pleeggezin, plaatsing.pleeggezin_id)
    tot = {"tot": VANDAAG, "eindreden": "naar huis"} if by_mistake else {"tot": "", "eindreden": ""}
    row = {
        "nummer": plaatsing.nummer, "pleegkind": kind, "pleeggezin": gezin, "vorm": plaatsing.vorm.value,
        "zorgvorm": plaatsing.zorgvorm.value, "van": plaatsing.van,
    }  # fmt: skip
    import_rows(wereld, plaatsingen=[{**row, **tot}])


def moved_out(wereld: Wereld, plaatsing: Plaatsing, vgb: Any, *, by_mistake: bool) -> None:
    with wereld.session() as session:
        one = session.scalars(select(Gezinslid).where(Gezinslid.feit_id == vgb.gezinslid_id, newest(Gezinslid))).one()
    row = {
        "nummer": one.nummer, "pleeggezin": nummer(wereld, Pleeggezin, one.pleeggezin_id), "naam": one.naam,
        "geboortedatum": one.geboortedatum, "rol": one.rol.value, "inwonend_sinds": one.inwonend_sinds,
    }  # fmt: skip
    import_rows(wereld, gezinsleden=[{**row, "inwonend_tot": VANDAAG if by_mistake else ""}])


def given_again(wereld: Wereld, plaatsing: Plaatsing, vgb: Any, *, by_mistake: bool) -> None:
    row = {"nummer": f"IMP-{vgb.nummer}", "gezinslid": nummer(wereld, Gezinslid, vgb.gezinslid_id), "datum": VANDAAG}
    import_rows(wereld, vgbs=[{**row, "status": "afgegeven" if by_mistake else "geweigerd"}])


@pytest.mark.parametrize("change", [left, moved_out, given_again])
def test_a_vgb_of_which_nobody_had_to_hear_by_a_mistake_in_a_file(wereld: Wereld, change: Any) -> None:
    plaatsing = alone_in_its_family(wereld)
    vgb = ingetrokken_vgb(wereld, plaatsing)
    change(wereld, plaatsing, vgb, by_mistake=True)
    assert (wereld.deliver(STRAKS + MINUUT).vervallen, wereld.post.taken) == (1, [])
    change(wereld, plaatsing, vgb, by_mistake=False)
    wereld.deliver(STRAKS + 3 * MINUUT)
    assert wereld.post.who == TEAM
    wereld.correct(vgb, withdraw=True)


def alone_in_its_family(wereld: Wereld) -> Plaatsing:
    """Return a plaatsing of the begeleider in a family where no other child is."""
    for place in range(10):
        plaatsing = wereld.plaatsing_of("begeleider", place)
        with wereld.session() as session:
            there = session.scalars(
                select(Plaatsing).where(
                    Plaatsing.pleeggezin_id == plaatsing.pleeggezin_id, newest(Plaatsing), Plaatsing.tot.is_(None)
                )
            ).all()
        if len(there) == 1:
            return plaatsing
    raise AssertionError("every family of the begeleider has more children")
