"""What a seal says of an organisatie, and whether the database still says the same.

- of the change log: the last link of its chain and how many entries it has;
- of the access log: which rows there were, by the transactions that wrote them. A row belongs to the first seal whose
  ``tot`` lies above its ``xid``: every transaction below the oldest that still runs has ended, so that set never
  changes again. Number and digest are over the rows in order of id, each as the text of a JSON array of its columns;
- of the frozen audits: their ids and digests.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.db.streaming import streaming
from app.errors import Conflict
from app.models import Organisatie, Zegel
from app.queries.bevindingen import Bevindingen
from app.queries.wijzigingen.keten import BEGIN, Keten

SOORT: Final = "pleegzicht zegel/1"
INZAGETABELLEN: Final = ("inzage", "inzage_afloop")

Json = Mapping[str, Any]

_OLDEST = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
_HEAD = text("SELECT nummer, hash FROM wijzigingskop WHERE organisatie_id = :organisatie")
_ADDED = text("""
SELECT coalesce(sum(aantal), 0)::bigint FROM wijzigingsschakel
WHERE organisatie_id = :organisatie AND nummer > :na AND nummer <= :tot
""")
_COLUMNS = text("""
SELECT attname::text FROM pg_attribute
WHERE attrelid = to_regclass('public.' || :tabel) AND attnum > 0 AND NOT attisdropped ORDER BY attname
""")
_FROZEN = text("""
SELECT uid::text, kwartaal, digest FROM kwartaaltoets
WHERE organisatie_id = :organisatie AND status = 'vastgesteld' ORDER BY id
""")


class TransactiesTeruggezet(Conflict):
    """The database counts its transactions anew: it was restored from a dump."""

    code = "transacties_teruggezet"
    detail = (
        "De database telt haar transacties opnieuw sinds het vorige zegel: zij komt uit een dump. Zet de teller eerst "
        "vooruit (docs/beveiliging-sporen.md, onder Terugzetten)."
    )


def compose(session: Session, organisatie: Organisatie, vorige: Zegel | None, sleutel: str, op: datetime) -> Json:
    """Return what the next seal of an organisatie says.

    Args:
        session: working for the organisatie.
        organisatie: whose seal.
        vorige: the seal before it.
        sleutel: the public key that will fit.
        op: now.

    Raises:
        TransactiesTeruggezet: the access log cannot be told apart from what was sealed before.
    """
    # First this: whatever is below it has ended, and every later statement sees it.
    tot = int(session.execute(_OLDEST).scalar_one())
    before: Json = {} if vorige is None else _said(vorige)
    van = int(before["inzage"]["tot"]) if before else 0
    if tot < van:
        raise TransactiesTeruggezet
    tables = {
        name: _cover(session, organisatie.id, name, session.scalars(_COLUMNS, {"tabel": name}).all(), (van, tot))
        for name in INZAGETABELLEN
    }
    return {
        "soort": SOORT,
        "organisatie": {"code": organisatie.code, "id": str(organisatie.uid)},
        "nummer": 1 if vorige is None else vorige.nummer + 1,
        "op": op.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "vorige": None if vorige is None else vorige.digest,
        "sleutel": sleutel,
        "wijzigingen": _changes(session, organisatie.id, before),
        "inzage": {"van": str(van), "tot": str(tot), "tabellen": tables},
        "kwartaaltoetsen": list(_frozen(session, organisatie.id)),
    }


def _said(zegel: Zegel) -> Json:
    said: Json = json.loads(zegel.inhoud)
    return said


def _changes(session: Session, organisatie_id: int, before: Json) -> Json:
    parameters = {"organisatie": organisatie_id}
    nummer, hash_ = session.execute(_HEAD, parameters).one_or_none() or (0, BEGIN)
    done = before["wijzigingen"] if before else {"schakels": 0, "regels": 0}
    added = session.execute(_ADDED, {**parameters, "na": done["schakels"], "tot": nummer}).scalar_one()
    return {"schakels": nummer, "hash": bytes(hash_).hex(), "regels": done["regels"] + added}


def _frozen(session: Session, organisatie_id: int) -> Iterator[Json]:
    for uid, kwartaal, digest in session.execute(_FROZEN, {"organisatie": organisatie_id}):
        yield {"id": uid, "kwartaal": kwartaal, "digest": digest}


def _cover(session: Session, organisatie_id: int, tabel: str, columns: Sequence[str], span: tuple[int, int]) -> Json:
    """Return which columns are covered, how many rows there are, and their digest."""
    found, rows = hashlib.sha256(), 0
    listed = ", ".join(f't."{column}"' for column in columns)
    statement = (
        f"SELECT jsonb_build_array({listed})::text FROM {tabel} t "  # noqa: S608 — names from the catalog
        "WHERE t.organisatie_id = %(organisatie)s AND t.xid >= %(van)s::xid8 AND t.xid < %(tot)s::xid8 ORDER BY t.id"
    )
    parameters = {"organisatie": organisatie_id, "van": str(span[0]), "tot": str(span[1])}
    with streaming(session, statement, parameters) as lines:
        for (line,) in lines:
            found.update(f"{line}\n".encode())
            rows += 1
    return {"kolommen": list(columns), "aantal": rows, "digest": found.hexdigest()}


def check_content(session: Session, organisatie: Organisatie, said: Json, keten: Keten, found: Bevindingen) -> int:
    """Compare what a seal says with the database, and return how many rows of the access log it covers.

    Args:
        session: in one snapshot, working for the organisatie.
        organisatie: whose seal.
        said: what was signed.
        keten: the chain as it was just walked, with the state at the seal's link.
        found: gets a sentence for everything that is not as it was sealed.
    """
    which = f"Zegel {said['nummer']}"
    if said["soort"] != SOORT or said["organisatie"] != {"code": organisatie.code, "id": str(organisatie.uid)}:
        found.add(f"{which}: is van een andere organisatie of soort.")
        return 0
    changes = said["wijzigingen"]
    state = keten.standen.get(changes["schakels"], (BEGIN.hex(), 0) if changes["schakels"] == 0 else None)
    if state is None:
        found.add(f"{which}: schakel {changes['schakels']} van het wijzigingslog bestaat niet meer.")
    elif state != (changes["hash"], changes["regels"]):
        found.add(f"{which}: het wijzigingslog tot en met schakel {changes['schakels']} is niet meer wat is verzegeld.")
    covered = sum(_check_table(session, organisatie.id, tabel, said, found) for tabel in INZAGETABELLEN)
    now = {one["id"]: one for one in _frozen(session, organisatie.id)}
    for toets in said["kwartaaltoetsen"]:
        if now.get(toets["id"]) != toets:
            found.add(f"{which}: de vastgestelde toets {toets['kwartaal']} ({toets['id']}) is weg of gewijzigd.")
    return covered


def _check_table(session: Session, organisatie_id: int, tabel: str, said: Json, found: Bevindingen) -> int:
    sealed, which = said["inzage"]["tabellen"][tabel], f"Zegel {said['nummer']}"
    present = set(session.scalars(_COLUMNS, {"tabel": tabel}))
    if not present.issuperset(sealed["kolommen"]):
        found.add(f"{which}: {tabel} heeft niet meer alle kolommen die zijn verzegeld.")
        return 0
    span = int(said["inzage"]["van"]), int(said["inzage"]["tot"])
    now = _cover(session, organisatie_id, tabel, sealed["kolommen"], span)
    if now != sealed:
        found.add(
            f"{which}: {tabel} had {sealed['aantal']} regels en heeft er nu {now['aantal']}, "
            f"{'met een andere inhoud' if now['aantal'] == sealed['aantal'] else 'dus er is iets af of bij'}."
        )
    return int(now["aantal"])
