"""What the catalog of the database says of every table, sequence, function, view, role and right, in words to review.

``catalogus.csv`` holds one line for each table as it was reviewed; ``differences`` says in words what is otherwise.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection, text

ROLLEN = ("pleegzicht_app", "pleegzicht_inzage", "pleegzicht_migratie", "pleegzicht_backup", "pleegzicht_open")
_RECHTEN = {
    "SELECT": "lezen", "INSERT": "toevoegen", "UPDATE": "wijzigen", "DELETE": "wissen", "TRUNCATE": "legen",
    "REFERENCES": "verwijzen",
}  # fmt: skip
#: policy → command and role; as ``migrations.bevroren.beveiliging`` makes them
_POLICIES = {
    "zien": ("SELECT", "pleegzicht_app"),
    "inzien": ("SELECT", "pleegzicht_inzage"),
    "schrijven": ("INSERT", "pleegzicht_app"),
    "wijzigen": ("UPDATE", "pleegzicht_app"),
    "wissen": ("DELETE", "pleegzicht_app"),
    "beheren": ("ALL", "pleegzicht_migratie"),
    "reservekopie": ("SELECT", "pleegzicht_backup"),
}
_ALL_ROWS = ("beheren", "reservekopie")
#: what a function may be besides ``wijziging_van_<table>``, and whether the application calls it
FUNCTIES = {
    "bewaak_versie": "", "houd_bezetting_bij": "", "houd_kind_in_begeleiding_bij": "",
    "houd_zonder_begeleider_bij": "", "houd_open_na_vertrek_bij": "",
    "bewaak_vastgestelde_toets": "", "bewaak_vastgestelde_regels": "",
    "wijziging_verschil": "pleegzicht_app", "wijzigingspakket_van": "pleegzicht_app", "sluit_wijzigingspakket": "",
    "bewaak_wijzigingslog": "", "bewaak_inzage": "", "bewaak_vernietiging": "", "bewaak_wijziging": "",
}  # fmt: skip
#: kind of object → what is granted on what the migrations will make
STANDAARD = {"r": {"pleegzicht_backup": {"SELECT"}}, "S": {"pleegzicht_backup": {"SELECT"}}, "f": {}}

Rows = dict[str, dict[str, str]]

_TABLES = text("""
SELECT relname, relrowsecurity, relforcerowsecurity, relispartition, relkind FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
""")
_GRANTS = text("""
SELECT c.relname, c.relkind, NULL AS kolom, a.privilege_type AS recht,
       coalesce(r.rolname, 'PUBLIC') AS wie
FROM pg_class c, aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner
UNION ALL
SELECT c.relname, c.relkind, k.attname, a.privilege_type, coalesce(r.rolname, 'PUBLIC')
FROM pg_class c JOIN pg_attribute k ON k.attrelid = c.oid, aclexplode(k.attacl) a
LEFT JOIN pg_roles r ON r.oid = a.grantee
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner
""")
_COLUMNS = text("""
SELECT attrelid::regclass::text, attname FROM pg_attribute
WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (
    SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
ORDER BY 1, attnum
""")
_POLICY = text("""
SELECT tablename, policyname, permissive, array_to_string(roles, ' ') AS rollen, cmd,
       coalesce(qual, 'true') AS ziet, coalesce(with_check, qual, 'true') AS schrijft
FROM pg_policies WHERE schemaname = 'public'
""")
_FUNCTIONS = text("""
SELECT p.proname, p.prosecdef, coalesce(array_to_string(p.proconfig, ' '), '') AS instelling, p.proleakproof,
       l.lanname, coalesce((SELECT string_agg(coalesce(r.rolname, 'PUBLIC'), ' ' ORDER BY r.rolname NULLS FIRST)
        FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a LEFT JOIN pg_roles r ON r.oid = a.grantee
        WHERE a.grantee <> p.proowner), '') AS wie
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = 'public'::regnamespace
""")
_VIEWS = text("""
SELECT relname, relkind, coalesce(array_to_string(reloptions, ' '), '') AS opties FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')
""")
_ROLES = text("""
SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
       ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = r.oid) AS lid_van,
       (SELECT count(*) FROM pg_class WHERE relowner = r.oid)
       + (SELECT count(*) FROM pg_proc WHERE proowner = r.oid)
       + (SELECT count(*) FROM pg_namespace WHERE nspowner = r.oid) AS eigendom,
       (SELECT count(*) FROM pg_db_role_setting WHERE setrole = r.oid) AS instellingen
FROM pg_roles r WHERE rolname = ANY(:rollen)
""")
_DEFAULTS = text("""
SELECT d.defaclobjtype AS soort, coalesce(r.rolname, 'PUBLIC') AS wie, a.privilege_type AS recht
FROM pg_default_acl d LEFT JOIN LATERAL aclexplode(d.defaclacl) a ON a.grantee <> d.defaclrole
LEFT JOIN pg_roles r ON r.oid = a.grantee
""")
_ELSEWHERE = text("""
SELECT 'schema ' || nspname FROM pg_namespace
WHERE nspname NOT IN ('public', 'information_schema') AND nspname NOT LIKE 'pg\\_%'
UNION ALL SELECT 'extensie ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
UNION ALL SELECT 'regel ' || rulename || ' op ' || tablename FROM pg_rules WHERE schemaname = 'public'
UNION ALL SELECT 'trigger ' || tgname || ' op ' || tgrelid::regclass || ' staat niet gewoon aan'
FROM pg_trigger WHERE tgenabled <> 'O'
UNION ALL SELECT 'iedereen mag ' || a.privilege_type || ' op schema public'
FROM pg_namespace n, aclexplode(n.nspacl) a
WHERE n.nspname = 'public' AND a.grantee = 0 AND a.privilege_type <> 'USAGE'
UNION ALL SELECT a.grantee::regrole || ' mag ' || a.privilege_type || ' op schema public'
FROM pg_namespace n, aclexplode(n.nspacl) a
WHERE n.nspname = 'public' AND a.grantee::regrole::text LIKE 'pleegzicht%' AND a.privilege_type <> 'USAGE'
""")


def reviewed() -> Rows:
    """Return what was reviewed, by table."""
    with (Path(__file__).parent / "catalogus.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(line for line in file if not line.startswith("#"))
        return {line.pop("tabel"): line for line in lines}


def found(connection: Connection) -> Rows:
    """Return what there is, by table; a month of the access log is no table of its own."""
    grants, policies = _grants(connection), _policies(connection)
    columns: dict[str, list[str]] = defaultdict(list)
    for table, column in connection.execute(_COLUMNS):
        columns[table].append(column)
    rows: Rows = {}
    for table in connection.execute(_TABLES):
        if table.relispartition:
            continue
        rights = grants.get(table.relname, {})
        rls = "gedwongen" if table.relrowsecurity and table.relforcerowsecurity else "niet gedwongen"
        others = sorted(wie for wie in rights if wie not in ROLLEN)
        rows[table.relname] = {
            **{wie.removeprefix("pleegzicht_"): _rights(rights.get(wie, {}), columns[table.relname]) for wie in ROLLEN},
            "anderen": " ".join(others),
            "rls": rls if table.relrowsecurity else "uit",
            "beleid": policies.get(table.relname, ""),
        }
    return rows


def _grants(connection: Connection) -> Mapping[str, Mapping[str, Mapping[str | None, set[str]]]]:
    """Return table → who → column, or None for the whole → what they may."""
    rights: dict[str, dict[str, dict[str | None, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for one in connection.execute(_GRANTS):
        if one.relkind in ("r", "p"):
            rights[one.relname][one.wie][one.kolom].add(_RECHTEN.get(one.recht, f"[{one.recht}]"))
    return rights


def _rights(rights: Mapping[str | None, set[str]], columns: list[str]) -> str:
    """Return rights in words; of a right to columns which ones, or which ones not."""
    usual = list(_RECHTEN.values())
    whole = rights.get(None, set())
    words = [" ".join([*(one for one in usual if one in whole), *sorted(whole.difference(usual))])] if whole else []
    for recht in usual:
        some = [column for column in columns if recht in rights.get(column, ())]
        if some:
            rest = [column for column in columns if column not in some]
            short = f"alleen {' '.join(some)}" if len(some) < len(rest) else f"per kolom, zonder {' '.join(rest)}"
            words.append(f"{recht} {short if rest else 'per kolom'}")
    return "; ".join(words)


def _policies(connection: Connection) -> Mapping[str, str]:
    """Return, by table, how its policies differ from those of what belongs to one organisatie; ``eigen`` when not."""
    by_table: dict[str, dict[str, str]] = defaultdict(dict)
    for one in connection.execute(_POLICY):
        wanted = _POLICIES.get(one.policyname)
        fits = one.permissive == "PERMISSIVE" and wanted == (one.cmd, one.rollen)
        rule = one.schrijft if one.cmd in ("INSERT", "ALL") else one.ziet
        by_table[one.tablename][one.policyname] = _rule(rule) if fits else "andere rol of opdracht"
    return {table: _summary(rules) for table, rules in by_table.items()}


def _rule(rule: str) -> str:
    if rule == "true":
        return "alles"
    own = "id = ( SELECT (NULLIF(current_setting('pleegzicht.organisatie'" in rule
    return "eigen" if own and " OR " not in rule else "eigen en meer" if own else "anders"


def _summary(rules: Mapping[str, str]) -> str:
    usual = {name: "alles" if name in _ALL_ROWS else "eigen" for name in _POLICIES}
    words = [f"{name}: {rules.get(name, 'ontbreekt')}" for name in usual if rules.get(name) != usual[name]]
    words += [f"{name}: onbekend" for name in rules if name not in usual]
    return "; ".join(words) or "eigen"


def differences(connection: Connection) -> list[str]:
    """Return in words everything that is not as it was reviewed."""
    return [*_tables(connection), *_beside(connection), *_functions(connection), *_roles(connection)]


def _tables(connection: Connection) -> Iterator[str]:
    wanted, there = reviewed(), found(connection)
    for table in sorted(wanted.keys() | there.keys()):
        right, line = wanted.get(table), there.get(table)
        if right is None or line is None:
            yield f"tabel {table} {'bestaat niet' if line is None else 'is niet beoordeeld'}"
            continue
        for name, value in line.items():
            if value != right[name]:
                yield f"tabel {table}, {name}: {value or 'niets'} in plaats van {right[name] or 'niets'}"
        if (line["rls"] != "gedwongen" or line["beleid"] != "eigen") and not right["waarom"]:
            yield f"tabel {table}: anders dan gewoon, zonder waarom"


def _beside(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with months, sequences, views, default rights, and what should not be there at all."""
    months = {one.relname for one in connection.execute(_TABLES) if one.relispartition}
    for one in connection.execute(_GRANTS):
        right = (one.wie, one.recht)
        if one.relname in months and right != ("pleegzicht_backup", "SELECT"):
            yield f"maand {one.relname}: {one.wie} heeft {one.recht}"
        allowed = {("pleegzicht_app", "USAGE"), ("pleegzicht_app", "SELECT"), ("pleegzicht_backup", "SELECT")}
        if one.relkind == "S" and right not in allowed:
            yield f"teller {one.relname}: {one.wie} heeft {one.recht}"
    for one in connection.execute(_VIEWS):
        if one.relkind != "v" or "security_invoker=true" not in one.opties:
            yield f"{one.relname} leest met de rechten van de eigenaar"
    defaults: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in connection.execute(_DEFAULTS):
        by_role = defaults[one.soort]
        if one.recht is not None:
            by_role[one.wie].add(one.recht)
    if defaults != STANDAARD:
        yield f"standaardrechten: { ({soort: dict(wie) for soort, wie in defaults.items()}) }"
    yield from connection.scalars(_ELSEWHERE)


def _functions(connection: Connection) -> Iterator[str]:
    for one in connection.execute(_FUNCTIONS):
        known = one.proname in FUNCTIES or one.proname.removeprefix("wijziging_van_") in reviewed()
        if not known:
            yield f"functie {one.proname} is niet beoordeeld"
        if one.prosecdef:
            yield f"functie {one.proname} werkt met de rechten van de eigenaar"
        if not one.instelling.startswith("search_path=pg_catalog"):
            yield f"functie {one.proname} heeft geen vast search_path"
        if one.wie != FUNCTIES.get(one.proname, ""):
            yield f"functie {one.proname} mag worden aangeroepen door {one.wie or 'niemand'}"
        if one.proleakproof or one.lanname not in ("sql", "plpgsql"):
            yield f"functie {one.proname} is leakproof of niet in sql of plpgsql"


def _roles(connection: Connection) -> Iterator[str]:
    there = {one.rolname: one for one in connection.execute(_ROLES, {"rollen": list(ROLLEN)})}
    yield from (f"rol {name} ontbreekt" for name in ROLLEN if name not in there)
    for name, one in there.items():
        powers = ("rolsuper", "rolcreaterole", "rolcreatedb", "rolcanlogin", "rolreplication", "rolbypassrls")
        # The backup must see every row or fail; only a superuser can give it that, so it may also be without.
        have = [power for power in powers if getattr(one, power)]
        if [power for power in have if (power, name) != ("rolbypassrls", "pleegzicht_backup")]:
            yield f"rol {name} heeft {' '.join(have)}"
        if one.lid_van:
            yield f"rol {name} is lid van {' '.join(one.lid_van)}"
        if one.eigendom:
            yield f"rol {name} bezit {one.eigendom} dingen"
        if one.instellingen:
            yield f"rol {name} heeft eigen instellingen"
