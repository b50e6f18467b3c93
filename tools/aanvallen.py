"""What somebody with every right on the database could do to the traces, and whether it would show.

The attacker is superuser and switches every trigger and check off. Each attack runs on a copy of one database, and is
then looked for twice: by the chain alone, and by the chain with the seals that lie outside the database.
"""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

from app.queries.wijzigingen.keten import BEGIN, ENTRY, text_of_link
from app.security.zegel import Zegelsleutel
from app.services.zegels.maken import Zegelplaats, make_seal
from tools.doelwit import Aanval, Doelwit


def change_row(doel: Doelwit) -> None:
    """Let a talk have been held later than it was."""
    doel.run(f"UPDATE kindgesprek SET datum = datum + 30 WHERE id = ({_TALK})", doel.organisatie)


def change_text(doel: Doelwit) -> None:
    """Change a name, which the log has only as a digest."""
    doel.run(f"UPDATE pleegkind SET roepnaam = 'Anders' WHERE id = ({_CHILD})", doel.organisatie)


def remove_row(doel: Doelwit) -> None:
    """Let a talk never have been."""
    doel.run(f"DELETE FROM kindgesprek WHERE id = ({_TALK})", doel.organisatie)


def add_row(doel: Doelwit) -> None:
    """Invent a visit, without a trace."""
    doel.run(f"INSERT INTO huisbezoek ({_VISIT}) SELECT {_NEW_VISIT}", doel.organisatie)


def change_entry(doel: Doelwit) -> None:
    """Let the log say otherwise."""
    doel.run(
        "UPDATE wijziging SET na = na || '{\"alleen\": true, \"datum\": \"2020-01-01\"}' "
        f"WHERE tabel = 'kindgesprek' AND organisatie_id = %s AND rij_id = ({_TALK})",
        doel.organisatie, doel.organisatie,
    )  # fmt: skip


def change_author(doel: Doelwit) -> None:
    """Let somebody else have done it."""
    doel.run(
        "UPDATE wijzigingspakket SET medewerker_id = 1, account_id = 1, verzoek_id = 'ander' WHERE organisatie_id = %s",
        doel.organisatie,
    )


def remove_entry(doel: Doelwit) -> None:
    """Take one entry out of the log."""
    doel.run(f"DELETE FROM wijziging WHERE id = ({_ENTRY})", doel.organisatie)


def remove_row_and_entry(doel: Doelwit) -> None:
    """Take a talk away with the entry about it."""
    talk = doel.one(_TALK, doel.organisatie)
    doel.run("DELETE FROM wijziging WHERE tabel = 'kindgesprek' AND rij_id = %s", talk)
    doel.run("DELETE FROM kindgesprek WHERE id = %s", talk)


def empty_entries(doel: Doelwit) -> None:
    """Remove a visit, and empty what the log says of it as if its file had been destroyed."""
    key = doel.one("SELECT max(eerste_id) FROM huisbezoek WHERE organisatie_id = %s", doel.organisatie)
    doel.run("DELETE FROM huisbezoek WHERE feit_id = %s", key)
    doel.run(
        "UPDATE wijziging SET zout = NULL, voor = NULL, na = NULL WHERE tabel = 'huisbezoek' AND organisatie_id = %s",
        doel.organisatie,
    )


def forge_certificate(doel: Doelwit) -> None:
    """The same, with a proposal, two approvals and a certificate that nobody gave."""
    empty_entries(doel)
    proposal = doel.one(_PROPOSAL, doel.organisatie)
    doel.run(
        "INSERT INTO vernietiging_oordeel (organisatie_id, vernietiging_id, oordeel, op, door) "
        "SELECT organisatie_id, %s, 'goedgekeurd', '2026-01-01', id FROM medewerker WHERE organisatie_id = %s LIMIT 2",
        proposal,
        doel.organisatie,
    )
    doel.run(_CERTIFICATE, proposal, doel.organisatie)


def reorder(doel: Doelwit) -> None:
    """Let two entries change places."""
    doel.run(
        "WITH twee AS (SELECT min(id) AS a, max(id) AS b FROM wijziging WHERE organisatie_id = %s) "
        "UPDATE wijziging w SET id = CASE w.id WHEN a THEN -b ELSE -a END FROM twee WHERE w.id IN (a, b)",
        doel.organisatie,
    )
    doel.run("UPDATE wijziging SET id = -id WHERE id < 0")


def reorder_links(doel: Doelwit) -> None:
    """Let two transactions change places."""
    last = doel.one("SELECT nummer FROM wijzigingskop WHERE organisatie_id = %s", doel.organisatie)
    for van, naar in ((last, -1), (last - 1, last), (-1, last - 1)):
        doel.run(
            "UPDATE wijzigingsschakel SET nummer = %s WHERE organisatie_id = %s AND nummer = %s",
            naar, doel.organisatie, van,
        )  # fmt: skip


def exchange(doel: Doelwit) -> None:
    """Let a team of each of two organisaties be the other's."""
    doel.run(
        "UPDATE team SET organisatie_id = CASE organisatie_id WHEN %s THEN %s::bigint ELSE %s END WHERE id IN "
        "(SELECT min(id) FROM team WHERE organisatie_id IN (%s, %s) GROUP BY organisatie_id)",
        doel.organisatie, doel.ander, doel.organisatie, doel.organisatie, doel.ander,
    )  # fmt: skip


def cut_tail(doel: Doelwit) -> None:
    """Undo the last transaction, with its rows, its entries and its link, and set the head back."""
    key = doel.organisatie
    last, package = doel.aanvaller.execute(
        "SELECT nummer, pakket_id FROM wijzigingsschakel WHERE organisatie_id = %s ORDER BY nummer DESC LIMIT 1", (key,)
    ).fetchone() or (0, 0)
    tables = doel.aanvaller.execute("SELECT DISTINCT tabel FROM wijziging WHERE pakket_id = %s", (package,)).fetchall()
    for (tabel,) in tables:
        rows = "SELECT rij_id FROM wijziging WHERE pakket_id = %s AND tabel = %s"
        doel.run(f"DELETE FROM {tabel} WHERE id IN ({rows})", package, tabel)
    doel.run("DELETE FROM wijziging WHERE pakket_id = %s", package)
    doel.run("DELETE FROM wijzigingspakket WHERE id = %s", package)
    doel.run("DELETE FROM wijzigingsschakel WHERE pakket_id = %s", package)
    doel.run(
        "UPDATE wijzigingskop k SET nummer = s.nummer, hash = s.hash FROM wijzigingsschakel s "
        "WHERE k.organisatie_id = %s AND s.organisatie_id = k.organisatie_id AND s.nummer = %s",
        key, last - 1,
    )  # fmt: skip


def rewrite(doel: Doelwit) -> None:
    """Let a talk never have been, and compute the whole log again so that it fits."""
    remove_row_and_entry(doel)
    rehash(doel)


def rehash(doel: Doelwit) -> None:
    """Compute every digest and the whole chain of an organisatie again, by the rules that anybody can read."""
    key, before = doel.organisatie, BEGIN
    doel.run(f"UPDATE wijziging w SET digest = sha256(convert_to({ENTRY}, 'UTF8')) WHERE organisatie_id = %s", key)
    links = doel.aanvaller.execute(
        "SELECT s.nummer, s.pakket_id, jsonb_build_array(p.id, p.transactie, p.op, p.account_id, p.medewerker_id, "
        "p.verzoek_id, p.reden)::text FROM wijzigingsschakel s JOIN wijzigingspakket p ON p.id = s.pakket_id "
        "WHERE s.organisatie_id = %s ORDER BY s.nummer",
        (key,),
    ).fetchall()
    for nummer, package, fields in links:
        digests = doel.aanvaller.execute(
            "SELECT digest FROM wijziging WHERE pakket_id = %s ORDER BY id", (package,)
        ).fetchall()
        inhoud = hashlib.sha256(b"".join(digest for (digest,) in digests)).hexdigest()
        text = text_of_link(key, nummer, before, fields, len(digests), inhoud)
        after = hashlib.sha256(text.encode()).digest()
        doel.run(
            "UPDATE wijzigingsschakel SET vorige = %s, hash = %s, aantal = %s "
            "WHERE organisatie_id = %s AND nummer = %s",
            before, after, len(digests), key, nummer,
        )  # fmt: skip
        before = after
    doel.run("UPDATE wijzigingskop SET hash = %s WHERE organisatie_id = %s", before, key)


def change_look(doel: Doelwit) -> None:
    """Let somebody else have looked."""
    doel.run("UPDATE inzage SET naam = 'Iemand anders' WHERE organisatie_id = %s", doel.organisatie)


def change_seen(doel: Doelwit) -> None:
    """Let other children have been seen."""
    doel.run("UPDATE inzage_afloop SET pleegkinderen = NULL WHERE organisatie_id = %s", doel.organisatie)


def remove_look(doel: Doelwit) -> None:
    """Let nobody have looked."""
    doel.run("DELETE FROM inzage_afloop WHERE organisatie_id = %s", doel.organisatie)
    doel.run("DELETE FROM inzage WHERE organisatie_id = %s", doel.organisatie)


def add_look(doel: Doelwit) -> None:
    """Let somebody have looked who did not, long ago."""
    columns = doel.one(
        "SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = 'inzage'::regclass AND attnum > 0 "
        "AND attname NOT IN ('id', 'uid')"
    )
    doel.run(
        f"INSERT INTO inzage (uid, {columns}) SELECT gen_random_uuid(), {columns} FROM inzage "
        "WHERE organisatie_id = %s LIMIT 1",
        doel.organisatie,
    )


def change_toets(doel: Doelwit) -> None:
    """Let a row of a frozen audit say that all was well."""
    doel.run(
        "UPDATE kwartaaltoets_regel SET inhoud = jsonb_set(inhoud, '{navolgbaar}', to_jsonb(NOT navolgbaar)), "
        "navolgbaar = NOT navolgbaar WHERE organisatie_id = %s",
        doel.organisatie,
    )


def rewrite_toets(doel: Doelwit) -> None:
    """Remove a frozen audit with every trace of it, and compute the whole log again."""
    key = doel.organisatie
    for tabel in ("extra_inzet_stap", "extra_inzet", "kwartaaltoets"):
        doel.aanvaller.execute("DELETE FROM wijziging WHERE organisatie_id = %s AND tabel = %s", (key, tabel))
        doel.aanvaller.execute(f"DELETE FROM {tabel} WHERE organisatie_id = %s", (key,))
    doel.run("DELETE FROM kwartaaltoets_regel WHERE organisatie_id = %s", key)
    rehash(doel)


def forge_seal(doel: Doelwit) -> None:
    """Rewrite the log, and put seals in the folder that another key signed."""
    rewrite(doel)
    _seal_again(doel, doel.vreemde_sleutel)


def steal_key(doel: Doelwit) -> None:
    """Rewrite the log with the key of the seals, and put new seals in place of the old ones."""
    rewrite(doel)
    _seal_again(doel, doel.sleutel)


def cut_tail_and_seal(doel: Doelwit) -> None:
    """Cut the tail, and take the last seal out of the folder and out of the database."""
    cut_tail(doel)
    key, last = doel.organisatie, doel.one("SELECT max(nummer) FROM zegel WHERE organisatie_id = %s", doel.organisatie)
    doel.run("DELETE FROM zegel WHERE organisatie_id = %s AND nummer = %s", key, last)
    doel.map.path_of(doel.one("SELECT code FROM organisatie WHERE id = %s", key), last).unlink()


def _seal_again(doel: Doelwit, sleutel: Zegelsleutel) -> None:
    doel.run("DELETE FROM zegel WHERE organisatie_id = %s", doel.organisatie)
    code = doel.one("SELECT code FROM organisatie WHERE id = %s", doel.organisatie)
    shutil.rmtree(Path(doel.map.path_of(code, 1)).parent)
    make_seal(doel.engine, doel.organisatie, Zegelplaats(sleutel, doel.map), datetime(2026, 11, 21, 9, tzinfo=UTC))


_TALK = "SELECT min(id) FROM kindgesprek WHERE organisatie_id = %s"
_CHILD = "SELECT min(id) FROM pleegkind WHERE organisatie_id = %s"
_ENTRY = "SELECT min(id) FROM wijziging WHERE tabel = 'huisbezoek' AND organisatie_id = %s"
_VISIT = (
    "uid, organisatie_id, nummer, versie, ingetrokken, vastgelegd_op, vastgelegd_door, volgorde, plaatsing_id, datum, "
    "medewerker_id"
)
_NEW_VISIT = (
    "gen_random_uuid(), organisatie_id, 'VALS', 1, false, vastgelegd_op, vastgelegd_door, volgorde, plaatsing_id, "
    "datum, medewerker_id FROM huisbezoek WHERE organisatie_id = %s AND versie = 1 LIMIT 1"
)

_PROPOSAL = """
INSERT INTO vernietiging (uid, organisatie_id, pleegkind_id, pleegkind_uid, pleegkind_nummer, grond, einde_zorg,
                          laatste_wijziging, voorgesteld_op)
SELECT gen_random_uuid(), organisatie_id, id, uid, nummer, 'bewaartermijn', '2000-01-01', '2000-01-01', '2026-01-01'
FROM pleegkind WHERE organisatie_id = %s LIMIT 1 RETURNING id
"""

_CERTIFICATE = """
INSERT INTO vernietiging_stap (organisatie_id, vernietiging_id, stap, op, rijen, wijzigingen, cijfertekst)
SELECT organisatie_id, %s, 'verzegeld', '2026-01-02', jsonb_build_object('huisbezoek', jsonb_agg(rij_id)),
       jsonb_build_object('ids', jsonb_agg(id ORDER BY id), 'sha256', ''), 'x'
FROM wijziging WHERE tabel = 'huisbezoek' AND organisatie_id = %s GROUP BY organisatie_id
"""

AANVALLEN = (
    Aanval("een rij wijzigen", change_row, keten=True, anker=True),
    Aanval("een naam wijzigen (in het log alleen een digest)", change_text, keten=True, anker=True),
    Aanval("een rij verwijderen", remove_row, keten=True, anker=True),
    Aanval("een rij verzinnen, buiten het log om", add_row, keten=True, anker=True),
    Aanval("een logregel wijzigen", change_entry, keten=True, anker=True),
    Aanval("een ander als dader in het log zetten", change_author, keten=True, anker=True),
    Aanval("een logregel verwijderen", remove_entry, keten=True, anker=True),
    Aanval("een rij met haar logregel verwijderen", remove_row_and_entry, keten=True, anker=True),
    Aanval("logregels leegmaken als van een vernietigd dossier", empty_entries, keten=True, anker=True),
    Aanval("zo'n dossier met een verzonnen certificaat", forge_certificate, keten=True, anker=True),
    Aanval("twee logregels omwisselen", reorder, keten=True, anker=True),
    Aanval("twee transacties omwisselen", reorder_links, keten=True, anker=True),
    Aanval("rijen verwisselen tussen organisaties", exchange, keten=True, anker=True),
    Aanval("een vastgestelde toets wijzigen", change_toets, keten=True, anker=True),
    Aanval("de staart afknippen, met rijen en kop", cut_tail, keten=False, anker=True),
    Aanval("een rij wissen en het hele log herrekenen", rewrite, keten=False, anker=True),
    Aanval("een vastgestelde toets wissen en alles herrekenen", rewrite_toets, keten=False, anker=True),
    Aanval("het inzagelog wijzigen", change_look, keten=False, anker=True),
    Aanval("wijzigen welke kinderen zijn gezien", change_seen, keten=False, anker=True),
    Aanval("het inzagelog wissen", remove_look, keten=False, anker=True),
    Aanval("een inzage verzinnen, lang geleden", add_look, keten=False, anker=True),
    Aanval("herrekenen en zegels met een eigen sleutel", forge_seal, keten=False, anker=True),
    # Who reaches the place of the anchor, or has its key: against these helps only keeping both elsewhere.
    Aanval("staart én laatste zegel wissen, ook in de map", cut_tail_and_seal, keten=False, anker=False),
    Aanval("herrekenen met de gestolen zegelsleutel, ook in de map", steal_key, keten=False, anker=False),
)
