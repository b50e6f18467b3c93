"""Whether the figures of an audit may go out: what it shows beforehand, and what publishing answers, are the same."""

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.models import Kwartaaltoets
from app.queries.publicaties import list_uitgaven
from app.services.kwartaaltoetsen import publicatie
from tests.api.client import Dienst, Gebruiker
from tests.api.test_open_kengetallen import publish
from tests.api.toetswereld import Audit


@pytest.fixture
def frozen(audit: Audit) -> str:
    return audit.freeze(audit.build()).id


def cannot(kwaliteit: Gebruiker, toets: str) -> tuple[str, str | None]:
    """Return why an audit cannot go out and which other one can or did, as it says and as publishing it answers."""
    path = f"/kwartaaltoetsen/{toets}/publicatie"
    shown = kwaliteit.get(path)
    assert (shown.status_code, shown.json()["status"], shown.json()["regels"]) == (200, "kan_niet", [])
    why = shown.json()["beletsel"]
    answer = kwaliteit.post(path, {"cijfersDigest": shown.json()["cijfersDigest"]})
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (409, why["code"], why["uitleg"])
    return why["code"], why["kwartaaltoets"]


def test_a_concept_does_not_go_out_and_a_replaced_audit_neither(audit: Audit) -> None:
    toets = audit.build()
    assert cannot(audit.kwaliteit, toets.id) == ("nog_niet_vastgesteld", None)
    audit.freeze(toets)
    later = audit.build(vervangt=toets.id)
    assert audit.kwaliteit.read(f"/kwartaaltoetsen/{toets.id}/publicatie")["beletsel"] is None
    audit.freeze(later)
    assert cannot(audit.kwaliteit, toets.id) == ("toets_vervangen", later.id)


def test_until_it_went_out_nobody_is_told_that_they_have_it_already(audit: Audit, frozen: str) -> None:
    """What is shown depends on the other audits."""
    kwaliteit, path = audit.kwaliteit, f"/kwartaaltoetsen/{frozen}/publicatie"
    preview = kwaliteit.get(path)
    other = audit.freeze(audit.build(vervangt=frozen))
    again = kwaliteit.get(path, **{"If-None-Match": preview.headers["etag"]})
    assert (again.status_code, again.json()["status"]) == (200, "kan_niet")
    publish(kwaliteit, other.id)
    known = kwaliteit.get(f"/kwartaaltoetsen/{other.id}/publicatie")
    assert (
        kwaliteit.get(
            known.request.url.path.removeprefix("/v1"), **{"If-None-Match": known.headers["etag"]}
        ).status_code
        == 304
    )


def test_other_figures_than_were_seen_do_not_go_out(audit: Audit, frozen: str) -> None:
    answer = audit.kwaliteit.post(f"/kwartaaltoetsen/{frozen}/publicatie", {"cijfersDigest": "0" * 64})
    assert (answer.status_code, answer.json()["code"]) == (409, "cijfers_veranderd")


def test_a_quarter_goes_out_once_also_when_it_was_taken_back_or_replaced(audit: Audit, frozen: str) -> None:
    kwaliteit, path = audit.kwaliteit, f"/kwartaaltoetsen/{frozen}/publicatie"
    digest = {"cijfersDigest": publish(kwaliteit, frozen)["cijfersDigest"]}
    assert kwaliteit.post(path, digest).json()["code"] == "al_gepubliceerd"
    kwaliteit.made(f"{path}/intrekking", {"reden": "Een team telde dubbel."})
    assert kwaliteit.post(path, digest).json()["code"] == "al_gepubliceerd"
    assert kwaliteit.post(f"{path}/intrekking", {"reden": "nog eens"}).json()["code"] == "al_ingetrokken"
    other = audit.freeze(audit.build(vervangt=frozen))
    assert cannot(kwaliteit, other.id) == ("al_gepubliceerd", frozen)
    assert (
        kwaliteit.post(f"/kwartaaltoetsen/{other.id}/publicatie/intrekking", {"reden": "x"}).json()["code"]
        == "niet_gepubliceerd"
    )


def test_while_figures_are_worked_out_no_other_quarter_goes_out(
    dienst: Dienst, audit: Audit, frozen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once would each hide nothing for the other."""
    seen = audit.kwaliteit.read(f"/kwartaaltoetsen/{frozen}/publicatie")
    real, looked = publicatie._prepare, list[int]()

    def look(session: Session, toets: Kwartaaltoets) -> publicatie.Openstelling:
        take = text("SELECT FROM vastlegteller WHERE organisatie_id = :van FOR UPDATE NOWAIT")
        with dienst.owner.connect() as other, pytest.raises(OperationalError, match="could not obtain lock"):
            other.execute(take, {"van": toets.organisatie_id})
        looked.append(toets.id)
        return real(session, toets)

    monkeypatch.setattr(publicatie, "_prepare", look)
    audit.kwaliteit.made(f"/kwartaaltoetsen/{frozen}/publicatie", {"cijfersDigest": seen["cijfersDigest"]})
    assert len(looked) == 1


def test_to_what_was_taken_back_the_next_quarter_gives_way_too(dienst: Dienst, audit: Audit, frozen: str) -> None:
    kwaliteit = audit.kwaliteit
    publish(kwaliteit, frozen)
    kwaliteit.made(f"/kwartaaltoetsen/{frozen}/publicatie/intrekking", {"reden": "Een team telde dubbel."})
    with Session(dienst.owner) as session:
        of = select(Kwartaaltoets.organisatie_id).where(Kwartaaltoets.uid == UUID(frozen))
        (known,) = list_uitgaven(session, session.scalars(of).one())
    assert known.kwartaal == "2026-Q3"
    assert known.groepen


def test_what_everybody_reads_may_be_kept_for_five_minutes_by_whatever_lies_between(dienst: Dienst) -> None:
    answer = dienst.client.request("GET", "/v1/open/kengetallen.csv", content=None, headers=[])
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["access-control-allow-origin"] == "*"
