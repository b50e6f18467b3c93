"""Does the protection of the database still stand? The catalogue, line by line, against what the migrations made.

``bescherming.txt`` is the one home of what must be there; ``python -m tools.schema_drift`` compares it with a database
that the migrations built, and writes it when asked. Everything here reads the catalogue alone, so any login will do,
and says it in words that PostgreSQL 15 to 18 share. Left out is what an installation may choose: names of owners, of
months of the access log, of extensions and of schemas beside ours, but not what reads our tables from there.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, select, union_all
from sqlalchemy.orm import Session

from app.models import Base, Vastlegteller

HOME: Final = Path(__file__).with_name("bescherming.txt")
#: the name under which each month of a partitioned table is compared
_MAAND: Final = r"regexp_replace(%s, '_(\d{4}_\d{2}|overig)', '_[maand]')"
_STAAT: Final = "CASE {} WHEN 'O' THEN 'aan' WHEN 'D' THEN 'uit' ELSE 'niet gewoon aan' END"
_ROLES: Final = "('pleegzicht_app', 'pleegzicht_inzage', 'pleegzicht_migratie', 'pleegzicht_backup', 'pleegzicht_open')"

#: soort, naam and value of all that protects; a thing of a month comes once for each value that it has
_CATALOGUS: Final = rf"""
WITH ons AS (
    SELECT oid, relname, relkind, relowner, relacl, relrowsecurity, relforcerowsecurity, relispartition, reloptions,
           CASE WHEN relispartition THEN {_MAAND % "relname"} ELSE relname END AS tabel
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'S', 'v', 'm', 'f')
), wie AS (SELECT oid, rolname FROM pg_roles UNION ALL SELECT 0, 'iedereen')
SELECT 'tabel' AS soort, tabel AS naam, CASE WHEN relrowsecurity AND relforcerowsecurity
    THEN 'rijbeveiliging gedwongen' WHEN relrowsecurity THEN 'rijbeveiliging niet gedwongen'
    ELSE 'rijbeveiliging uit' END AS value
FROM ons WHERE relkind IN ('r', 'p')
UNION SELECT 'weergave', relname, coalesce(array_to_string(reloptions, ' '), '')
FROM ons WHERE relkind IN ('v', 'm', 'f')
UNION SELECT 'weergave', n.nspname || '.' || v.relname, 'leest ' || string_agg(DISTINCT o.relname, ' ')
FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class
JOIN pg_namespace n ON n.oid = v.relnamespace AND n.nspname <> 'public'
JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
JOIN ons o ON o.oid = d.refobjid GROUP BY v.oid, n.nspname, v.relname
UNION SELECT 'verplicht', o.tabel || '.' || k.attname, 'altijd gevuld'
FROM ons o JOIN pg_attribute k ON k.attrelid = o.oid AND k.attnum > 0 AND NOT k.attisdropped AND k.attnotnull
WHERE o.relkind IN ('r', 'p') AND NOT o.relispartition
UNION SELECT 'trigger', t.tgname || ' op ' || o.tabel,
    {_STAAT.format("t.tgenabled")} || '; ' || CASE WHEN o.relispartition THEN 'als de hele tabel' ELSE
        regexp_replace(pg_get_triggerdef(t.oid), '\s+', ' ', 'g') END
FROM pg_trigger t JOIN ons o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION SELECT 'verwijzingen van', o.tabel, {_STAAT.format("t.tgenabled")}
FROM pg_trigger t JOIN ons o ON o.oid = t.tgrelid WHERE t.tgisinternal AND t.tgconstraint <> 0
UNION SELECT 'beleid', p.polname || ' op ' || o.tabel, concat_ws('; ',
    CASE WHEN p.polpermissive THEN 'ruimt' ELSE 'beperkt' END, p.polcmd::text,
    (SELECT string_agg(w.rolname, ' ' ORDER BY w.rolname) FROM wie w WHERE w.oid = ANY (p.polroles)),
    'ziet ' || regexp_replace(coalesce(pg_get_expr(p.polqual, p.polrelid), 'niets apart'), '\s+', ' ', 'g'),
    'schrijft ' || regexp_replace(coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'niets apart'), '\s+', ' ', 'g'))
FROM pg_policy p JOIN ons o ON o.oid = p.polrelid
UNION SELECT 'recht', w.rolname || ' op ' || o.tabel, string_agg(a.privilege_type
    || CASE WHEN a.is_grantable THEN ' (mag het doorgeven)' ELSE '' END, ' ' ORDER BY a.privilege_type)
FROM ons o, aclexplode(o.relacl) a JOIN wie w ON w.oid = a.grantee WHERE a.grantee <> o.relowner
GROUP BY w.rolname, o.oid, o.tabel
UNION SELECT 'recht', w.rolname || ' op ' || o.tabel || '.' || k.attname,
    string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type)
FROM ons o JOIN pg_attribute k ON k.attrelid = o.oid AND NOT k.attisdropped, aclexplode(k.attacl) a
JOIN wie w ON w.oid = a.grantee WHERE a.grantee <> o.relowner GROUP BY w.rolname, o.oid, o.tabel, k.attname
UNION SELECT 'recht', w.rolname || ' op schema public', string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type)
FROM pg_namespace n, aclexplode(n.nspacl) a JOIN wie w ON w.oid = a.grantee
WHERE n.nspname = 'public' AND a.grantee <> n.nspowner GROUP BY w.rolname
UNION SELECT 'recht', w.rolname || ' op elk nieuw object ' || d.defaclobjtype::text,
    string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type)
FROM pg_default_acl d, aclexplode(d.defaclacl) a JOIN wie w ON w.oid = a.grantee
WHERE a.grantee <> d.defaclrole AND d.defaclnamespace IN (0, 'public'::regnamespace)
GROUP BY w.rolname, d.defaclobjtype
UNION SELECT 'recht', coalesce(w.rolname, 'iedereen') || ' op functie ' || f.proname, 'EXECUTE'
FROM pg_proc f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a LEFT JOIN wie w ON w.oid = a.grantee
WHERE f.pronamespace = 'public'::regnamespace AND a.grantee <> f.proowner
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')
UNION SELECT 'regel', c.conname || ' op ' || o.tabel, CASE WHEN c.convalidated THEN '' ELSE 'niet nagekeken; ' END
    || regexp_replace(pg_get_constraintdef(c.oid), '\s+', ' ', 'g')
FROM pg_constraint c JOIN ons o ON o.oid = c.conrelid
WHERE NOT o.relispartition AND c.contype IN ('c', 'f', 'p', 'u', 'x')
UNION SELECT 'uniek', i.relname || ' op ' || o.tabel, CASE WHEN x.indisvalid THEN '' ELSE 'ongeldig; ' END
    || regexp_replace(pg_get_indexdef(x.indexrelid), '\s+', ' ', 'g')
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN ons o ON o.oid = x.indrelid
WHERE (x.indisunique OR x.indisexclusion) AND NOT o.relispartition
UNION SELECT 'functie', f.proname, concat_ws('; ',
    CASE WHEN f.prosecdef THEN 'met de rechten van de eigenaar' END, array_to_string(f.proconfig, ' '),
    encode(sha256(convert_to(f.prosrc, 'UTF8')), 'hex'))
FROM pg_proc f WHERE f.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')
UNION SELECT 'functie', n.nspname || '.' || f.proname, 'met de rechten van wie onze tabellen bezit'
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace AND n.nspname NOT IN ('public', 'pg_catalog')
WHERE f.prosecdef AND f.proowner IN (SELECT relowner FROM ons)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = f.oid AND d.deptype = 'e')
UNION SELECT 'herschrijving', rulename || ' op ' || tablename, 'aan' FROM pg_rules WHERE schemaname = 'public'
UNION SELECT 'rol', r.rolname, concat_ws(' ', 'bestaat', CASE WHEN r.rolsuper THEN 'superuser' END,
    CASE WHEN r.rolbypassrls AND r.rolname <> 'pleegzicht_backup' THEN 'slaat rijbeveiliging over' END,
    CASE WHEN r.rolcreaterole THEN 'maakt rollen' END, CASE WHEN r.rolcanlogin THEN 'meldt aan' END,
    'lid van ' || (SELECT string_agg(m.roleid::regrole::text, ' ' ORDER BY 1) FROM pg_auth_members m
        WHERE m.member = r.oid),
    CASE WHEN EXISTS (SELECT FROM ons o WHERE o.relowner = r.oid) THEN 'bezit tabellen' END)
FROM pg_roles r WHERE r.rolname IN {_ROLES}
UNION SELECT 'instelling', 'session_replication_role', current_setting('session_replication_role')
UNION SELECT 'instelling', split_part(s, '=', 1) || ' van een rol of database', split_part(s, '=', 2)
FROM pg_db_role_setting d, unnest(d.setconfig) s
WHERE split_part(s, '=', 1) IN ('session_replication_role', 'row_security')
    AND (d.setdatabase = 0 OR d.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""  # noqa: S608 — of constants of this module alone

#: a list of words as a database that came from a dump says it, where one that was migrated casts the list as a whole
_WORD: Final = r"\('(?:[^']|'')*'::character varying\)::text"
_CAST_EACH: Final = re.compile(rf"ARRAY\[({_WORD}(?:, {_WORD})*)\]")

_READABLE: Final = 90  # characters: a definition may be a page

Stand = Mapping[tuple[str, str], str]


def read_bescherming(connection: Connection) -> Stand:
    """Return kind and name → how it stands; of what months differ in, all of it."""
    found: dict[tuple[str, str], str] = {}
    for soort, naam, said in sorted(map(tuple, connection.exec_driver_sql(_CATALOGUS))):
        key, value = (soort, naam), _CAST_EACH.sub(_cast_together, said)
        found[key] = f"{found[key]} / {value}" if key in found else value
    return found


def _cast_together(words: re.Match[str]) -> str:
    plain = re.sub(_WORD, lambda word: word[0].removeprefix("(").removesuffix(")::text"), words[1])
    return f"(ARRAY[{plain}])::text[]"


def write_home(stand: Stand) -> str:
    """Return the text of ``bescherming.txt``."""
    return "".join(f"{soort}\t{naam}\t{value}\n" for (soort, naam), value in sorted(stand.items()))


@cache
def wanted() -> Stand:
    """Return what must be there."""
    rows = (line.split("\t") for line in HOME.read_text(encoding="utf-8").splitlines())
    return {(soort, naam): value for soort, naam, value in rows}


def compare_bescherming(found: Stand, right: Stand) -> Iterator[str]:
    """Yield in Dutch sentences what is otherwise than it must be."""
    for soort, naam in sorted(found.keys() | right.keys()):
        is_nu, hoort = found.get((soort, naam)), right.get((soort, naam))
        wat = f"Bescherming: {soort} {naam}"
        if is_nu is None:
            yield f"{wat} ontbreekt."
        elif hoort is None:
            yield f"{wat} hoort er niet te zijn ({_short(is_nu)})."
        elif is_nu != hoort:
            yield f"{wat} is {_short(_first_difference(is_nu, hoort))}, en hoort te zijn: {_short(hoort)}."


def _first_difference(is_nu: str, hoort: str) -> str:
    """Return how it stands: of a definition that is as it was only whether it is on."""
    begin, _, rest = is_nu.partition("; ")
    return begin if rest and hoort.endswith(f"; {rest}") and begin != hoort.partition("; ")[0] else is_nu


def _short(value: str) -> str:
    return value if len(value) <= _READABLE else f"{value[:_READABLE]}..."


def check_bescherming(connection: Connection) -> tuple[str, ...]:
    """Return in Dutch sentences what of the protection no longer stands."""
    return tuple(compare_bescherming(read_bescherming(connection), wanted()))


_NUMBERED = tuple(
    table
    for table in Base.metadata.sorted_tables
    if {"volgorde", "vastgelegd_op", "organisatie_id"} <= {*table.columns.keys()}
)


def check_kop(session: Session, organisatie_id: int) -> Iterator[str]:
    """Yield what is wrong with the head of an organisatie's recordings: no fact may be later than it says."""
    head = session.execute(
        select(Vastlegteller.volgorde, Vastlegteller.laatst_op).where(Vastlegteller.organisatie_id == organisatie_id)
    ).one_or_none()
    if head is None:
        yield "De teller van het vastleggen (vastlegteller) ontbreekt: er kan niets in volgorde worden vastgelegd."
        return
    highest = [
        select(func.max(table.c.volgorde).label("volgorde"), func.max(table.c.vastgelegd_op).label("op")).where(
            table.c.organisatie_id == organisatie_id
        )
        for table in _NUMBERED
    ]
    facts = union_all(*highest).subquery()
    volgorde, op = session.execute(select(func.max(facts.c.volgorde), func.max(facts.c.op))).one()
    if volgorde is not None and volgorde > head.volgorde:
        yield f"De teller van het vastleggen (vastlegteller) staat op {head.volgorde}, en er is al een feit {volgorde}."
    if op is not None and op > head.laatst_op:
        yield "De teller van het vastleggen (vastlegteller) loopt achter: er is een feit dat later is vastgelegd."
