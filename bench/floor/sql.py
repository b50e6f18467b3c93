"""Every statement of the floor that reads, written by hand; those of a talk are in ``bench.floor.talk_sql``.

Days and keys are parameters; a limit is a whole number in the text, so that a plan for all values knows it.
"""

from typing import Final

from bench.floor.scope_sql import LATELY, SCOPES, holds, newest

IDENTIFY: Final = "SELECT set_config('pleegzicht.issuer', $1, true), set_config('pleegzicht.subject', $2, true)"
ACCOUNT: Final = "SELECT organisatie_id, id, medewerker_id FROM account WHERE issuer = $1 AND subject = $2"
ACTOR: Final = f"""
    SELECT m.uid, m.naam, m.rol, o.naam AS namens, m.team_id AS team
    FROM account a
    JOIN medewerker m ON m.feit_id = a.medewerker_id
    JOIN organisatie o ON o.id = a.organisatie_id
    WHERE a.issuer = $1 AND a.subject = $2 AND a.ingetrokken_op IS NULL AND {holds("m", "medewerker")}
"""

INTENT: Final = """
    INSERT INTO inzage (uid, organisatie_id, account_id, medewerker, naam, rol, namens, op, soort, handeling, onderwerp,
                        doel, client, verzoek_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""
OUTCOME: Final = """
    INSERT INTO inzage_afloop (organisatie_id, inzage_uid, op, uitkomst, noodtoegang, pleegkinderen)
    VALUES ($1, $2, $3, $4, false, $5)
"""

#: a segment of termijn t on day $1: 0 too late, 1 under an uitzondering, 2 approaching, 3 on time
_RANK: Final = """
    CASE WHEN t.uiterlijk IS NULL THEN 3
         WHEN t.uiterlijk < $1 THEN CASE WHEN t.uitzondering_id IS NULL THEN 0 ELSE 1 END
         WHEN t.nadert_vanaf <= $1 THEN 2 ELSE 3 END
"""
_TODAY: Final = "t.van <= $1 AND (t.tot IS NULL OR t.tot > $1)"


#: of child k somebody should have acted on day $1, since then: such a child leads every list, the longest ago ahead
_LATE: Final = f"t.pleegkind_id = k.feit_id AND t.voorrang = 0 AND {_TODAY} AND t.uiterlijk < $1"
_LEADING: Final = f"""
    SELECT t.pleegkind_id, min(t.uiterlijk) AS sinds FROM termijn t
    WHERE t.organisatie_id = $2 AND t.voorrang = 0 AND {_TODAY} AND t.uiterlijk < $1
    GROUP BY t.pleegkind_id
"""


def children(scope: str, limit: int) -> str:
    """Return the list of children on day $1, those for whom somebody should have acted first, with the standen of each.

    Args:
        scope: ``caseload`` of medewerker $2, ``team`` $2, or whatever else of organisatie $2.
        limit: rows.
    """
    return f"""
        SELECT k.uid, k.nummer, k.roepnaam, k.achternaam, k.geboortedatum, s.*, k.feit_id, k.sinds, k.voorrang
        FROM ({_some_children(SCOPES[scope], limit) if scope in SCOPES else _all_children(limit)}) k
        CROSS JOIN LATERAL (
            SELECT min(r.rang) FILTER (WHERE r.zwaarte = 'norm') AS norm,
                   min(r.rang) FILTER (WHERE r.zwaarte = 'streef') AS streef,
                   count(*) FILTER (WHERE r.zwaarte = 'norm' AND r.rang = 0) AS te_laat,
                   min(r.uiterlijk) FILTER (WHERE r.zwaarte = 'norm' AND r.rang IN (0, 2)) AS uiterlijk
            FROM (SELECT t.zwaarte, t.uiterlijk, {_RANK} AS rang
                  FROM termijn t WHERE t.pleegkind_id = k.feit_id AND {_TODAY}) r
        ) s
        ORDER BY {_IN_ORDER}
    """


_LINE: Final = "k.feit_id, k.uid, k.nummer, k.roepnaam, k.achternaam, k.geboortedatum"
_NAMES: Final = "k.achternaam, k.roepnaam, k.feit_id"
_IN_ORDER: Final = f"k.voorrang, k.sinds, {_NAMES}"
_NEVER: Final = "DATE '9999-12-31'"


def _some_children(found: str, limit: int) -> str:
    """Return the children of a medewerker or team: so few that they are sorted."""
    return f"""
        SELECT {_LINE}, k.sinds, CASE WHEN k.sinds < {_NEVER} THEN 0 ELSE 2 END AS voorrang FROM (
            SELECT {_LINE}, coalesce((SELECT min(t.uiterlijk) FROM termijn t WHERE {_LATE}), {_NEVER}) AS sinds
            FROM pleegkind k WHERE k.feit_id = ANY (ARRAY({found})) AND {holds("k", "pleegkind")}
        ) k ORDER BY k.sinds, {_NAMES} LIMIT {limit}
    """


def _all_children(limit: int) -> str:
    """Return the children of organisatie $2, by an index: first those that lead, then the others."""
    leading = f"""
        SELECT {_LINE}, l.sinds, 0 AS voorrang FROM ({_LEADING} ORDER BY sinds) l
        JOIN pleegkind k ON k.feit_id = l.pleegkind_id AND k.organisatie_id = $2 AND {holds("k", "pleegkind")}
        ORDER BY l.sinds, {_NAMES} LIMIT {limit}
    """
    others = f"""
        SELECT {_LINE}, {_NEVER} AS sinds, 2 AS voorrang FROM pleegkind k
        WHERE k.organisatie_id = $2 AND NOT EXISTS (SELECT FROM termijn t WHERE {_LATE} OFFSET 0)
          AND {holds("k", "pleegkind")}
        ORDER BY {_NAMES} LIMIT {limit}
    """
    return f"SELECT * FROM (({leading}) UNION ALL ({others})) k ORDER BY {_IN_ORDER} LIMIT {limit}"


#: the uid of what termijn t is about: that of its first version
_SUBJECT: Final = """
    CASE t.onderwerp_soort
         WHEN 'pleegkind' THEN (SELECT o.uid FROM pleegkind o WHERE o.id = t.onderwerp_id)
         WHEN 'plaatsing' THEN (SELECT o.uid FROM plaatsing o WHERE o.id = t.onderwerp_id)
         WHEN 'gezinslid' THEN (SELECT o.uid FROM gezinslid o WHERE o.id = t.onderwerp_id)
         WHEN 'pleeggezin' THEN (SELECT o.uid FROM pleeggezin o WHERE o.id = t.onderwerp_id)
         WHEN 'kindgesprek' THEN (SELECT o.uid FROM kindgesprek o WHERE o.id = t.onderwerp_id)
         WHEN 'veiligheidscheck' THEN (SELECT o.uid FROM veiligheidscheck o WHERE o.id = t.onderwerp_id)
         WHEN 'uitzondering' THEN (SELECT o.uid FROM uitzondering o WHERE o.id = t.onderwerp_id)
         WHEN 'actie' THEN (SELECT o.uid FROM actie o WHERE o.id = t.onderwerp_id)
         ELSE (SELECT o.uid FROM signaal o WHERE o.id = t.onderwerp_id) END
"""
#: … and that of the last event that counted for it: of its own kind where several count for a norm
_LAST: Final = """
    CASE coalesce(t.laatste_soort, t.norm)
         WHEN 'kindgesprek' THEN (SELECT e.uid FROM kindgesprek e WHERE e.id = t.laatste_id)
         WHEN 'veiligheidscheck' THEN (SELECT e.uid FROM veiligheidscheck e WHERE e.id = t.laatste_id)
         WHEN 'huisbezoek' THEN (SELECT e.uid FROM huisbezoek e WHERE e.id = t.laatste_id)
         WHEN 'opvolgstap' THEN (SELECT e.uid FROM opvolgstap e WHERE e.id = t.laatste_id)
         WHEN 'meldcodestap' THEN (SELECT e.uid FROM meldcodestap e WHERE e.id = t.laatste_id)
         WHEN 'KAG-D' THEN (SELECT e.uid FROM kindgesprek e WHERE e.id = t.laatste_id)
         WHEN 'OPV-H' THEN (SELECT e.uid FROM veiligheidscheck e WHERE e.id = t.laatste_id)
         WHEN 'KAG-3' THEN (SELECT e.uid FROM kindgesprek e WHERE e.id = t.laatste_id)
         WHEN 'KAG-R' THEN (SELECT e.uid FROM kindgesprek e WHERE e.id = t.laatste_id)
         WHEN 'VC-J' THEN (SELECT e.uid FROM veiligheidscheck e WHERE e.id = t.laatste_id)
         WHEN 'MDO' THEN (SELECT e.uid FROM casuistiekbespreking e WHERE e.id = t.laatste_id)
         WHEN 'HB' THEN (SELECT e.uid FROM huisbezoek e WHERE e.id = t.laatste_id)
         WHEN 'ONT-J' THEN (SELECT e.uid FROM ontwikkelbeeld e WHERE e.id = t.laatste_id)
         WHEN 'HVP-6' THEN (SELECT e.uid FROM hulpverleningsplan e WHERE e.id = t.laatste_id)
         WHEN 'VP' THEN (SELECT e.uid FROM vertrouwenspersoon e WHERE e.id = t.laatste_id)
         WHEN 'EVAL-J' THEN (SELECT e.uid FROM evaluatie e WHERE e.id = t.laatste_id)
         WHEN 'POV-1' THEN (SELECT e.uid FROM pleegoudervoogdgesprek e WHERE e.id = t.laatste_id)
         WHEN 'CAL-3' THEN (SELECT e.uid FROM signaal e WHERE e.id = t.laatste_id)
         ELSE (SELECT e.uid FROM vgb e WHERE e.id = t.laatste_id) END
"""
_SEGMENT: Final = f"""
    k.uid AS kind, t.norm, t.zwaarte, t.onderwerp_soort, {_SUBJECT} AS onderwerp, t.uiterlijk, {_RANK} AS rang,
    {_LAST} AS laatste, t.laatste_datum,
    (SELECT u.uid FROM uitzondering u WHERE u.id = t.uitzondering_id) AS uitzondering
"""


def overdue(scope: str, limit: int) -> str:
    """Return the segments that are too late on day $1, of whom ``children`` has; the longest first.

    What somebody should have acted on leads.
    """
    whose = f"t.pleegkind_id = ANY (ARRAY({SCOPES[scope]}))" if scope in SCOPES else "t.organisatie_id = $2"
    return f"""
        SELECT {_SEGMENT}, t.id, t.voorrang
        FROM termijn t JOIN pleegkind k ON k.feit_id = t.pleegkind_id AND {holds("k", "pleegkind")}
        WHERE {whose} AND {_TODAY} AND t.uiterlijk < $1 AND t.uitzondering_id IS NULL
        ORDER BY t.voorrang, t.uiterlijk, t.id LIMIT {limit}
    """


SEGMENTS_OF_CHILD: Final = f"""
    SELECT {_SEGMENT} FROM termijn t JOIN pleegkind k ON k.id = t.pleegkind_id
    WHERE t.pleegkind_id = $2 AND {_TODAY} ORDER BY t.norm, t.onderwerp_soort, t.onderwerp_id
"""


def child(*, own: bool) -> str:
    """Return the key of child $3, when it is within reach of medewerker $2, or of organisatie $2, on day $1."""
    scope = f"k.feit_id IN ({LATELY})" if own else "k.organisatie_id = $2 AND $1::date IS NOT NULL"
    return f"SELECT k.feit_id FROM pleegkind k WHERE k.uid = $3 AND {holds('k', 'pleegkind')} AND {scope}"


#: per kind of fact its table, day, way to the child, whether late recording is shown, and what the timeline tells
_PLAATSING, _CHILD, _SIGNAAL = "plaatsing_id", "pleegkind_id", "signaal_id"
_KINDS: Final = (
    ("kindgesprek", "datum", _PLAATSING, True,
     ("'doorgegaan', f.doorgegaan, 'alleen', f.alleen, 'vorm', f.vorm, 'redenNietAlleen', f.reden_niet_alleen, "
      "'veiligheidBesproken', f.veiligheid_besproken, 'veiligInGezin', f.veilig_in_gezin")),
    ("veiligheidscheck", "datum", _PLAATSING, True,
     "'instrument', f.instrument, 'uitkomst', f.uitkomst, 'kindGezien', f.kind_gezien"),
    ("huisbezoek", "datum", _PLAATSING, True,
     "'kindGezien', f.kind_gezien, 'aangekondigd', f.aangekondigd, 'nieuweHuisgenoot', f.nieuwe_huisgenoot"),
    ("begeleiding", "van", _PLAATSING, False, "'tot', f.tot"),
    ("casuistiekbespreking", "datum", _CHILD, True,
     "'multidisciplinair', f.multidisciplinair, 'ruisfactor', f.ruisfactor"),
    ("ontwikkelbeeld", "datum", _CHILD, True, ""),
    ("hulpverleningsplan", "datum", _CHILD, True, ""),
    ("vertrouwenspersoon", "sinds", _CHILD, False, "'soort', f.soort"),
    ("pleegoudervoogdgesprek", "datum", _CHILD, True, ""),
    ("signaal", "datum", _CHILD, False,
     ("'soort', f.soort, 'vraagtVeiligheidscheck', f.vraagt_veiligheidscheck, 'calamiteit', f.calamiteit, "
      "'onthulling', f.onthulling, 'geweld', f.geweld, 'letsel', f.letsel, 'conclusieOp', f.conclusie_op")),
    ("opvolgstap", "datum", _CHILD, False, "'stap', f.stap, 'met', f.met, 'besluit', f.besluit"),
    ("dossierlezing", "datum", _CHILD, False, ""),
    ("actie", "datum", _CHILD, False,
     ("'uiterlijk', f.uiterlijk, 'gedaanOp', f.gedaan_op, "
      "'uitBespreking', f.casuistiekbespreking_id IS NOT NULL")),
    ("uitstel", "datum", _CHILD, False, "'norm', f.norm, 'tot', f.tot"),
    ("meldcodestap", "datum", _SIGNAAL, False, "'stap', f.stap, 'veiligThuis', f.veilig_thuis"),
    ("ruisscore", "datum", _CHILD, False, "'code', f.code, 'geldtTot', f.geldt_tot"),
    ("maatregel", "van", _CHILD, False, "'soort', f.soort, 'tot', f.tot"),
    ("uitzondering", "van", _CHILD, False,
     ("'soort', f.soort, 'normen', f.normen, 'herzienUiterlijk', f.herzien_uiterlijk, "
      "'waarnemingDagen', f.waarneming_dagen")),
    ("plaatsing", "van", _CHILD, False,
     "'vorm', f.vorm, 'zorgvorm', f.zorgvorm, 'tot', f.tot, 'eindreden', f.eindreden"),
)  # fmt: skip


def _late(table: str, day: str) -> str:
    """Return that a fact was first recorded more than 14 days after it happened."""
    return f"""
        (CASE WHEN f.versie = 1 THEN coalesce(f.eerst_vastgelegd_op, f.vastgelegd_op) ELSE (
            SELECT coalesce(e.eerst_vastgelegd_op, e.vastgelegd_op) FROM {table} e
            WHERE (e.id = f.feit_id OR e.eerste_id = f.feit_id) AND e.{day} = f.{day} AND e.versie <= f.versie
            ORDER BY e.versie LIMIT 1
        ) END AT TIME ZONE 'Europe/Amsterdam')::date > f.{day} + 14
    """


def _facts(*, whole: bool) -> str:
    """Return every fact of child $1, of each its day; whole: with all that the timeline shows."""
    branches = []
    for table, day, owner, lateness, tells in _KINDS:
        way = {
            _CHILD: f"FROM {table} f WHERE f.pleegkind_id = $1",
            _PLAATSING: f"FROM p JOIN {table} f ON f.plaatsing_id = p.feit_id WHERE true",
            _SIGNAAL: f"FROM s JOIN {table} f ON f.signaal_id = s.feit_id WHERE true",
        }[owner]
        late = _late(table, day) if lateness else "false"
        more = f", f.nummer, f.versie, f.vastgelegd_op, {late} AS laat, jsonb_build_object({tells}) AS kenmerken"
        columns = f"f.uid, '{table}' AS soort, f.{day} AS datum{more if whole else ''}"
        branches.append(f"SELECT {columns} {way} AND {holds('f', table)}")
    return f"""
        WITH p AS MATERIALIZED (SELECT v.feit_id FROM plaatsing v WHERE v.pleegkind_id = $1
                                AND {newest("v", "plaatsing")}),
             s AS MATERIALIZED (SELECT v.feit_id FROM signaal v WHERE v.pleegkind_id = $1 AND {newest("v", "signaal")})
        {" UNION ALL ".join(branches)}
        ORDER BY datum DESC, uid DESC
    """


FACTS_OF_CHILD: Final = _facts(whole=False)
_TIMELINE: Final = _facts(whole=True)


def timeline(*, limit: int) -> str:
    """Return the newest facts of child $1."""
    return f"{_TIMELINE} LIMIT {limit}"
