"""Which version of a fact holds, and whose children who asks sees on day $1: written by hand."""

from typing import Final


def holds(alias: str, table: str) -> str:
    """Return that a version of a fact holds: it is the newest, and no withdrawal."""
    return f"NOT {alias}.ingetrokken AND {newest(alias, table)}"


def newest(alias: str, table: str) -> str:
    """Return that no later version of a fact replaces it."""
    return f"NOT EXISTS (SELECT FROM {table} later WHERE later.vervangt_id = {alias}.id)"


#: children that left with something still to do, by who guided them last (to be compared with $2)
_LAST: Final = """
    SELECT o.pleegkind_id FROM open_na_vertrek o
    CROSS JOIN LATERAL (
        SELECT b.medewerker_id FROM kind_in_begeleiding b
        WHERE b.pleegkind_id = o.pleegkind_id AND b.van <= $1
        ORDER BY b.van DESC, b.begeleiding_id DESC LIMIT 1
    ) b
    WHERE o.vertrokken_per <= $1 AND EXISTS (
        SELECT FROM termijn t WHERE t.pleegkind_id = o.pleegkind_id AND t.norm IN ('OPV-O', 'OPV-B', 'ACT')
        AND t.uiterlijk IS NOT NULL AND t.van <= $1 AND (t.tot IS NULL OR t.tot > $1))
"""
#: children of whom medewerker $2 is begeleider on day $1
CASELOAD: Final = f"""
    SELECT b.pleegkind_id FROM kind_in_begeleiding b
    WHERE b.medewerker_id = $2 AND b.van <= $1 AND (b.tot IS NULL OR b.tot > $1)
      AND (b.plaatsing_tot IS NULL OR b.plaatsing_tot > $1)
    UNION ALL {_LAST} AND o.medewerker_id = $2 AND b.medewerker_id = $2
"""
#: … or was so at most 90 days before
LATELY: Final = """
    SELECT b.pleegkind_id FROM kind_in_begeleiding b
    WHERE b.medewerker_id = $2 AND b.van <= $1 AND (b.tot IS NULL OR b.tot > b.van AND b.tot >= $1 - 90)
      AND (b.plaatsing_tot IS NULL OR b.plaatsing_tot >= $1 - 90)
"""
#: … and those of team $2: guided by whoever is in it, or last so while nobody took over, and those whom nobody guides.
#: Who changes teams on a day that lies ahead is left out.
TEAM: Final = f"""
    SELECT b.pleegkind_id FROM medewerker m JOIN kind_in_begeleiding b ON b.medewerker_id = m.feit_id
    WHERE m.team_id = $2 AND {newest("m", "medewerker")} AND b.van <= $1
      AND (b.plaatsing_tot IS NULL OR b.plaatsing_tot > $1)
      AND (b.tot IS NULL OR b.tot > $1 OR b.opgevolgd_per IS NULL OR b.opgevolgd_per > $1)
    UNION ALL
    SELECT z.pleegkind_id FROM zonder_begeleider z CROSS JOIN LATERAL (
        SELECT count(*) AS homes, count(*) FILTER (WHERE h.begun) AS guided, count(*) FILTER (WHERE h.on_going) AS here,
               count(*) FILTER (WHERE h.begun AND h.on_going) AS guided_here
        FROM (
            SELECT p.tot IS NULL OR p.tot > $1 AS on_going, EXISTS (
                SELECT FROM begeleiding b WHERE b.plaatsing_id = p.feit_id AND b.van <= $1
                AND {holds("b", "begeleiding")}) AS begun
            FROM plaatsing p WHERE p.pleegkind_id = z.pleegkind_id AND {holds("p", "plaatsing")}
        ) h
    ) found
    WHERE z.mogelijk_tot > $1 AND found.guided_here = 0 AND (found.here > 0 OR found.guided = 0)
    UNION ALL {_LAST} AND b.medewerker_id = o.medewerker_id AND o.medewerker_id IN (
        SELECT m.feit_id FROM medewerker m WHERE m.team_id = $2 AND {newest("m", "medewerker")})
"""
#: how far who asks sees → the children; without a line here all of the organisatie
SCOPES: Final = {"caseload": CASELOAD, "team": TEAM}
