"""Every kind of fact × every door: what was moved to a child of another team is read there and nowhere else."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.models.soorten import SOORTEN
from tests.api.bodies import KINDS, SOORTEN_VAN_FEIT
from tests.api.client import NU, Dienst, Gebruiker, Gemaakt, standing_still
from tests.api.files import overdue_child
from tests.api.routes import Route, routes
from tests.api.test_verplaatsing import WAT_ER_STAAT, WEG, WOORDEN, Twee, hand_over, one_moment_on, two_children
from tests.api.toetswereld import IN_Q3, Audit

#: what every reason of a correction here says
REDEN = f"Eerst stond er: {WOORDEN}"


@pytest.fixture
def later(audit: Audit) -> Twee:
    """Two children of an organisatie of their own, whose clock a test may put forward."""
    return two_children(audit.world)


def correct(twee: Twee, naam: str, made: Gemaakt, **changes: Any) -> Gemaakt:
    wijziging = changes or SOORTEN_VAN_FEIT[naam].wijziging
    path = f"/{SOORTEN[naam].meervoud}/{made.id}/correctie"
    return twee.teamleider.made(path, {**wijziging, "reden": REDEN}, etag=made.etag)


def corrected_and_moved(twee: Twee, audit: Audit) -> tuple[dict[str, str], str]:
    """Return the facts that went to a child of another team, by kind, and a moment at which the first file had them."""
    made = {naam: correct(twee, naam, twee.record(naam)) for naam in reversed(WAT_ER_STAAT)}
    with one_moment_on():
        for naam, one in made.items():
            twee.move(naam, one)
        hand_over(twee.goed, audit.world)
    recorded = max(one.shown["vastgelegdOp"] for one in made.values())
    return {naam: one.id for naam, one in made.items()}, f"bekendOp={quote(recorded)}"


def reads(api: FastAPI) -> list[Route]:
    return [one for one in routes(api) if one.method == "GET" and not one.path.startswith(("/toezicht", "/open"))]


def doors(api: FastAPI, ids: dict[str, str], then: str) -> Iterator[str]:
    """Yield every address to read by: of what is there now, and of what the file said at a moment."""
    for route in reads(api):
        kind = KINDS.get(route.path.split("/")[1])
        if "{" not in route.path or (kind in ids and route.path.count("{") == 1):
            path = route.path.replace("{id}", ids.get(kind or "", ""))
            asked = ("", then, "limit=200", f"{then}&limit=200", f"pleegkind={ids['pleegkind']}")
            yield from (f"{path}?{query}" for query in asked)


def leaks(user: Gebruiker, paths: Iterator[str]) -> tuple[set[str], set[str]]:
    """Return by which addresses something was read, and by which of them words that are another child's."""
    answers = {path: user.get(path) for path in paths}
    read = {path for path, answer in answers.items() if answer.status_code == 200}
    return read, {path for path in read if WOORDEN in answers[path].text}


def test_no_door_of_the_first_file_shows_a_word_of_it(later: Twee, audit: Audit, dienst: Dienst) -> None:
    moved, then = corrected_and_moved(later, audit)
    with one_moment_on(2):
        for user in (later.fout.begeleider.again(), later.teamleider.again()):
            both = ({**later.fout.ids, **moved}, later.fout.ids)  # where it hung is in the file, or went along
            read, leaking = leaks(user, chain.from_iterable(doors(dienst.api, ids, then) for ids in both))
            assert leaking == set()
            for naam, uid in moved.items():
                one = f"/{SOORTEN[naam].meervoud}/{uid}"
                assert {f"{one}?", f"{one}?{then}", f"{one}/versies?"} <= read, naam
        for naam, uid in moved.items():
            versies = later.teamleider.rows(f"/{SOORTEN[naam].meervoud}/{uid}/versies")
            assert [one["versie"] for one in versies] == [3, 2, 1], naam
            assert [one["wijzigingsreden"] for one in versies] == ["hoort bij het andere kind", WEG, None], naam


def test_who_may_read_both_files_still_reads_what_stood_there(later: Twee) -> None:
    made = later.record("kindgesprek")
    with one_moment_on():
        later.move("kindgesprek", correct(later, "kindgesprek", made, vorm="telefoon"))
        versies = later.teamleider.rows(f"/kindgesprekken/{made.id}/versies")
    assert [one["stemVanHetKind"] for one in versies] == [WEG, WOORDEN, WOORDEN]
    assert [one["wijzigingsreden"] for one in versies] == ["hoort bij het andere kind", REDEN, None]


def test_the_answer_to_a_correction_is_not_given_again(later: Twee, audit: Audit) -> None:
    """It says more than who corrected it wrote."""
    made = later.record("kindgesprek")
    path, body = f"/kindgesprekken/{made.id}/correctie", {"reden": "andere vorm", "vorm": "telefoon"}
    begeleider = later.fout.begeleider
    first = begeleider.post(path, body, key="verbetering", etag=made.etag)
    assert WOORDEN in first.text
    assert begeleider.post(path, body, key="verbetering", etag=made.etag).content == first.content
    with one_moment_on():
        later.move("kindgesprek", Gemaakt(made.id, first.headers["etag"], first.json()))
        again = begeleider.again().post(path, body, key="verbetering", etag=made.etag)
        assert again.content == first.content  # may read the other file
        hand_over(later.goed, audit.world)
        again = begeleider.again().post(path, body, key="verbetering", etag=made.etag)
    assert (again.status_code, WOORDEN in again.text) == (404, False)


def test_a_comparison_says_why_it_was_moved_and_not_why_it_was_corrected_before(audit: Audit) -> None:
    twee = Twee(audit.kind, overdue_child(audit.world, weeks=30))
    talk = twee.fout.talk(IN_Q3)
    toets = audit.freeze(audit.build())
    with standing_still(NU + timedelta(minutes=1)):
        twee.move("kindgesprek", correct(twee, "kindgesprek", talk, stemVanHetKind=WOORDEN))
        answer = audit.kwaliteit.again().get(f"/kwartaaltoetsen/{toets.id}/vergelijking")
    assert WOORDEN not in answer.text
    (row,) = [one for one in answer.json()["verschillen"] if one["pleegkindId"] == twee.fout.ids["pleegkind"]]
    assert [(one["oorzaak"], one["reden"]) for one in row["aanleidingen"]] == [
        ("correctie", WEG), ("verplaatsing", "hoort bij het andere kind"),
    ]  # fmt: skip


def test_what_was_withdrawn_before_goes_along_and_is_withdrawn_there(later: Twee, audit: Audit, dienst: Dienst) -> None:
    step = later.record("meldcodestap")
    later.teamleider.made(f"/meldcodestappen/{step.id}/intrekking", {"reden": REDEN}, etag=step.etag)
    signaal = later.teamleider.get(f"/signalen/{later.fout.ids['signaal']}")
    with one_moment_on():
        new = later.move("signaal", Gemaakt(later.fout.ids["signaal"], signaal.headers["etag"], signaal.json()))
        hand_over(later.goed, audit.world)
        first = later.fout.begeleider.again()
        for path in (f"/meldcodestappen/{step.id}", f"/meldcodestappen/{step.id}/versies"):
            shown = first.get(path)
            assert (shown.status_code, WOORDEN in shown.text) == (200, False), path
    there = text("SELECT toelichting, ingetrokken FROM meldcodestap WHERE verplaatst_van = :van ORDER BY versie")
    whole = text(
        "SELECT m.toelichting, m.ingetrokken FROM meldcodestap m JOIN signaal s ON s.id = m.signaal_id "
        "WHERE s.uid = :signaal ORDER BY m.versie"
    )
    with dienst.owner.connect() as connection:
        assert connection.execute(there, {"van": step.id}).first() == (WOORDEN, False)
        assert [tuple(row) for row in connection.execute(whole, {"signaal": new.id})] == [
            (WOORDEN, False),
            (WOORDEN, True),
        ]
