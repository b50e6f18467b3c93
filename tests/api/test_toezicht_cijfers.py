"""An inspecteur sees the same children and the same verdicts as the audit and as the organisatie's own lists.

Number by number, over the whole small demo: what the organisatie sees is put under pseudonym here, by hand, and must
then be what the inspecteur got.
"""

from collections import Counter
from typing import Any

import pytest

from app.access import toezicht as reading
from app.access.actor import Actor
from app.access.toezicht import Mandaat, Toezichtlezer
from app.terms import Rol
from app.web import toezicht as door
from tests.api.client import Dienst
from tests.api.conftest import DemoUser
from tests.api.toezicht import STANDEN, Onderzoek, investigate

EVENTS = {
    "KAG-3": "kindgesprek", "KAG-R": "kindgesprek", "VC-J": "veiligheidscheck", "MDO": "casuistiekbespreking",
    "HB": "huisbezoek", "ONT-J": "ontwikkelbeeld", "HVP-6": "hulpverleningsplan", "VP": "vertrouwenspersoon",
    "VGB-T": "vgb", "VGB-12": "vgb", "VGB-H": "vgb", "EVAL-J": "evaluatie", "POV-1": "pleegoudervoogdgesprek",
    "CAL-3": "signaal",
}  # fmt: skip


@pytest.fixture(scope="module")
def onderzoek(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Onderzoek:
    return investigate(demo, dienst)


def kinds_of_events(onderzoek: Onderzoek) -> dict[str, str]:
    """Return id → kind of everything on a timeline: a norm of the second catalogue counts events of several kinds."""
    if onderzoek.toets not in _KINDS:
        kinderen = onderzoek.kwaliteit.walk("/pleegkinderen?limit=200")
        _KINDS[onderzoek.toets] = {
            one["id"]: one["soort"]
            for kind in kinderen
            for one in onderzoek.kwaliteit.walk(f"/pleegkinderen/{kind['id']}/tijdlijn?limit=200")
        }
    return _KINDS[onderzoek.toets]


_KINDS: dict[str, dict[str, str]] = {}


def masked(onderzoek: Onderzoek, oordeel: dict[str, Any]) -> dict[str, Any]:
    """Return an own judgement as an inspecteur must see it."""
    namen, soort = onderzoek.namen, oordeel["onderwerp"]["soort"]
    laatste, exception = oordeel["laatste"], oordeel["uitzonderingId"]
    event = EVENTS.get(oordeel["norm"]) or (laatste and kinds_of_events(onderzoek)[laatste["id"]])
    hidden = {"pleegkindId", "uitzonderingId", "onderwerp", "laatste", "uitleg"}
    found = {
        **{name: value for name, value in oordeel.items() if name not in hidden},
        "onderwerp": {"soort": soort, "pseudoniem": namen.of(soort, oordeel["onderwerp"]["id"])},
        "laatste": laatste and {"pseudoniem": namen.of(event, laatste["id"]), "datum": laatste["datum"]},
        "uitzondering": exception and namen.of("uitzondering", exception),
    }
    if "pleegkindId" in oordeel:
        found["dossier"] = namen.of("pleegkind", oordeel["pleegkindId"])
    if "uitleg" in oordeel:
        uitleg = oordeel["uitleg"]
        found["uitleg"] = {
            **uitleg,
            "laatste": found["laatste"],
            "teldenNiet": [
                {**{k: v for k, v in one.items() if k != "id"}, "pseudoniem": namen.of(one["soort"], one["id"])}
                for one in uitleg["teldenNiet"]
            ],
        }
    return found


def differences(onderzoek: Onderzoek) -> list[str]:
    """Return where the inspecteur's lists and the organisatie's differ; two days, every stand."""
    found = []
    for stand in STANDEN:
        for peildatum in ("2026-11-02", "2026-09-30"):
            query = f"stand={stand}&peildatum={peildatum}&limit=200"
            own = onderzoek.kwaliteit.walk(f"/termijnen?{query}")
            seen = onderzoek.inspecteur.walk(f"/toezicht/termijnen?{query}")
            if seen != [masked(onderzoek, one) for one in own]:
                found.append(f"{stand} {peildatum}: {len(seen)} of {len(own)}")
    return found


def test_the_overdue_list_is_the_same_list(onderzoek: Onderzoek) -> None:
    rows = {stand: len(onderzoek.kwaliteit.walk(f"/termijnen?stand={stand}&limit=200")) for stand in STANDEN}
    assert rows["te_laat"] > 10
    assert sum(rows.values()) > 200
    assert differences(onderzoek) == []


def test_a_narrower_reader_is_found(onderzoek: Onderzoek, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a reader with the scope of a team, of nobody, instead of the whole organisatie."""
    whole = reading.reader_under

    def narrow(mandaat: Mandaat, inspecteur: Actor) -> Toezichtlezer:
        lezer = whole(mandaat, inspecteur)
        values = {name: getattr(lezer, name) for name in Actor.__dataclass_fields__}
        return Toezichtlezer(**{**values, "rol": Rol.TEAMLEIDER})

    monkeypatch.setattr(door, "reader_under", narrow)
    assert len(differences(onderzoek)) == 8


def test_the_rows_of_the_audit_are_the_same_rows(onderzoek: Onderzoek) -> None:
    own, _ = onderzoek.audit()
    seen = onderzoek.inspecteur.walk(f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/regels?limit=7")
    namen = onderzoek.namen
    assert len(own) > 45
    assert [row["dossier"] for row in seen] == [namen.of("pleegkind", row["pleegkind"]["id"]) for row in own]
    for mine, theirs in zip(own, seen, strict=True):
        other = {"pleegkind", "plaatsing", "pleeggezin", "begeleider", "team", "criteria", "oordelen", "aanleidingen"}
        same = mine.keys() - other  # an aanleiding shows in the oordelen about it
        assert {name: theirs[name] for name in same} == {name: mine[name] for name in same}
        assert theirs["criteria"] == [masked(onderzoek, one) for one in mine["criteria"].values() if one]
        assert theirs["oordelen"] == [masked(onderzoek, one) for one in mine["oordelen"]]
        assert theirs["plaatsing"]["pseudoniem"] == namen.of("plaatsing", mine["plaatsing"]["id"])
        assert theirs["team"] == (mine["team"] and mine["team"]["naam"])
    (listed,) = [one for one in onderzoek.inspecteur.rows("/toezicht/kwartaaltoetsen") if one["id"] == onderzoek.toets]
    assert listed["rijen"] == len(seen)


def test_every_file_says_what_the_organisatie_sees_with_the_same_reasons(onderzoek: Onderzoek) -> None:
    kinderen = onderzoek.kwaliteit.walk("/pleegkinderen?limit=200")
    assert len(kinderen) == 60
    for kind in kinderen:
        dossier = onderzoek.inspecteur.read(f"/toezicht/dossiers/{onderzoek.namen.of('pleegkind', kind['id'])}")
        own = onderzoek.kwaliteit.rows(f"/pleegkinderen/{kind['id']}/termijnen")
        assert dossier["termijnen"] == [masked(onderzoek, one) for one in own]
        facts = onderzoek.kwaliteit.walk(f"/pleegkinderen/{kind['id']}/tijdlijn?limit=200")
        wanted = [(one["soort"], one["datum"], one["versie"]) for one in facts if one["datum"] <= "2026-11-02"]
        assert [(one["soort"], one["datum"], one["versie"]) for one in dossier["tijdlijn"]] == wanted
        assert dossier["teksten"] is None


def test_key_figures_are_those_of_the_audit_where_they_are_shown(onderzoek: Onderzoek) -> None:
    """And they follow from the inspecteur's own rows."""
    seen = onderzoek.inspecteur.read("/toezicht/kengetallen?kwartaal=2026-Q3")
    _, own = onderzoek.audit()
    assert [(one["soort"], one["naam"]) for one in seen["groepen"]] == [(one["soort"], one["naam"]) for one in own]
    shown = hidden = 0
    for groep, whole in zip(seen["groepen"], own, strict=True):
        for deel in ("voltijd", "alle"):
            for naam in ("rijen", "navolgbaar", "metUitzondering", "lateStreef", "nooitGezien", "lateRegistraties"):
                aantal, onderdrukt = groep[deel][naam]["aantal"], groep[deel][naam]["onderdrukt"]
                assert (aantal is None) is onderdrukt
                assert aantal in (None, whole[deel][naam])
                shown, hidden = shown + (not onderdrukt), hidden + onderdrukt
    assert shown >= 30, (shown, hidden)
    assert hidden >= 30, (shown, hidden)  # sixty children: most groups are small
    rows = onderzoek.inspecteur.walk(f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/regels?limit=200")
    total = seen["groepen"][0]["alle"]
    assert total["rijen"]["aantal"] == len(rows)
    assert total["navolgbaar"]["aantal"] in (None, sum(row["navolgbaar"] for row in rows))


def test_a_sample_is_the_same_again_and_holds_rows_of_the_audit(onderzoek: Onderzoek) -> None:
    regels = onderzoek.inspecteur.walk(f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/regels?limit=200")
    by_dossier = {row["dossier"]: row for row in regels}
    for laag in ("team", "stand"):
        path = f"/toezicht/steekproef?organisatie=DEMO&kwartaal=2026-Q3&omvang=12&laag={laag}&seed="
        first, again, other = (onderzoek.inspecteur.read(path + seed) for seed in ("a1", "a1", "b2"))
        assert first == again
        assert {row["dossier"] for row in first["regels"]} != {row["dossier"] for row in other["regels"]}
        assert all(by_dossier[row["dossier"]] == row for row in first["regels"])
        assert (len(first["regels"]), first["populatie"]) == (12, len(regels))
        assert sum(one["getrokken"] for one in first["lagen"]) == 12
    whole = onderzoek.inspecteur.read("/toezicht/steekproef?omvang=200&laag=stand")
    assert Counter(row["dossier"] for row in whole["regels"]) == Counter(list(by_dossier))
