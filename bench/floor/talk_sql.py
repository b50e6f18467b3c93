"""Every statement of the floor that records a talk, written by hand."""

from typing import Final

from bench.floor.scope_sql import CASELOAD, holds

CLAIM: Final = """
    INSERT INTO idempotentie (organisatie_id, account_id, sleutel, verzoek_hash, aangemaakt_op)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, sleutel) DO NOTHING RETURNING id
"""
KEPT: Final = "SELECT verzoek_hash, status, antwoord FROM idempotentie WHERE account_id = $1 AND sleutel = $2"
KEEP: Final = "UPDATE idempotentie SET status = $2, antwoord = $3, koppen = $4 WHERE id = $1"
#: child $3 of medewerker $2 on day $1, its plaatsing $4 that runs on day $5, and a key for the talk; nobody else
#: records for that child meanwhile
LOCK: Final = f"""
    SELECT k.feit_id AS kind, v.feit_id AS plaatsing, nextval('kindgesprek_id_seq') AS sleutel,
           pg_advisory_xact_lock(k.feit_id)
    FROM pleegkind k JOIN plaatsing v ON v.pleegkind_id = k.feit_id
    WHERE k.uid = $3 AND v.uid = $4 AND v.van <= $5 AND (v.tot IS NULL OR v.tot >= $5) AND k.feit_id IN ({CASELOAD})
      AND {holds("k", "pleegkind")} AND {holds("v", "plaatsing")}
"""
#: the head of the organisatie is held from here to the commit
RECORD: Final = """
    WITH kop AS (
        UPDATE vastlegteller SET volgorde = volgorde + 1, laatst_op = greatest(laatst_op + interval '1 microsecond', $2)
        WHERE organisatie_id = $1 RETURNING volgorde, laatst_op
    )
    INSERT INTO kindgesprek (id, uid, organisatie_id, nummer, versie, ingetrokken, vastgelegd_op, vastgelegd_door,
                             volgorde,
                             plaatsing_id, datum, medewerker_id, doorgegaan, alleen, vorm, veiligheid_besproken,
                             reden_niet_alleen, kind_voelde_zich_veilig, stem_van_het_kind, themas, vervolgactie)
    SELECT $16, $3, $1, 'PZ' || lpad(kop.volgorde::text, 8, '0'), 1, false, kop.laatst_op, $4, kop.volgorde,
           $5, $6, $4, $7, $8, $9, $10, $11, $12, $13, $14, $15
    FROM kop RETURNING nummer, vastgelegd_op
"""
#: talk g counts, within its plaatsing v
_COUNTS: Final = """
    g.doorgegaan AND g.alleen AND g.vorm = 'fysiek' AND g.veiligheid_besproken
    AND v.van <= g.datum AND (v.tot IS NULL OR v.tot > g.datum)
"""
#: KAG-3, KAG-R and KAG-D of plaatsing $2 of child $1 after a talk $5 that counts on day $3; from day $4 on
REFRESH: Final = f"""
    WITH gesprekken AS MATERIALIZED (
        SELECT g.feit_id, g.datum FROM kindgesprek g JOIN plaatsing v ON v.feit_id = g.plaatsing_id
        WHERE g.plaatsing_id = $2 AND g.datum <= $4 AND {_COUNTS}
          AND {holds("g", "kindgesprek")} AND {holds("v", "plaatsing")}
        UNION ALL SELECT $5::bigint, $3::date
    ), laatste AS (SELECT g.feit_id, g.datum FROM gesprekken g ORDER BY g.datum DESC, g.feit_id DESC LIMIT 1),
    dagen AS (SELECT DISTINCT g.datum FROM gesprekken g ORDER BY g.datum DESC LIMIT 3),
    n AS (SELECT count(*) AS n, max(datum) AS laatste, min(datum) AS derde FROM dagen),
    nieuw AS (
        SELECT 'KAG-R' AS norm, (n.laatste + interval '4 months')::date AS uiterlijk FROM n
        UNION ALL SELECT 'KAG-D', (n.laatste + interval '12 months')::date FROM n
        UNION ALL
        SELECT 'KAG-3', CASE WHEN n.n = 3 THEN (n.derde + interval '12 months')::date ELSE (
            SELECT (v.van + (n.n + 1) * interval '4 months')::date FROM plaatsing v
            WHERE v.feit_id = $2 AND {holds("v", "plaatsing")}) END
        FROM n
    )
    UPDATE termijn t
    SET van = greatest(t.van, $4), uiterlijk = nieuw.uiterlijk, laatste_id = laatste.feit_id,
        laatste_datum = laatste.datum, nadert_vanaf = nieuw.uiterlijk - (t.uiterlijk - t.nadert_vanaf)
    FROM nieuw, laatste
    WHERE t.pleegkind_id = $1 AND t.onderwerp_soort = 'plaatsing' AND t.onderwerp_id = $2 AND t.norm = nieuw.norm
      AND (t.tot IS NULL OR t.tot > $4)
      AND (t.uiterlijk, t.laatste_id) IS DISTINCT FROM (nieuw.uiterlijk, laatste.feit_id)
"""
#: ZIEN of plaatsing $2, and ZP of every zichtplan that had begun, of child $1 that was seen in talk $5 on day $3; from
#: day $4 on. Of one day a talk is named before a visit or a check.
SEE: Final = f"""
    WITH plan AS MATERIALIZED (
        SELECT u.feit_id, u.waarneming_dagen AS dagen FROM uitzondering u
        WHERE u.pleegkind_id = $1 AND u.van <= $3 AND u.waarneming_dagen IS NOT NULL AND {holds("u", "uitzondering")}
    ), nieuw AS (
        SELECT t.id, $3::date + coalesce(plan.dagen, 42)::int AS uiterlijk, t.uiterlijk - t.nadert_vanaf AS waarschuwing
        FROM termijn t LEFT JOIN plan ON t.norm = 'ZP' AND plan.feit_id = t.onderwerp_id
        WHERE t.pleegkind_id = $1 AND (t.norm = 'ZIEN' AND t.onderwerp_id = $2 OR plan.feit_id IS NOT NULL)
          AND (t.tot IS NULL OR t.tot > $4) AND (t.laatste_datum IS NULL OR t.laatste_datum <= $3)
          AND EXISTS (SELECT FROM plaatsing v WHERE v.feit_id = $2 AND v.van <= $3 AND (v.tot IS NULL OR v.tot > $3)
                      AND {holds("v", "plaatsing")})
    )
    UPDATE termijn t
    SET van = greatest(t.van, $4), uiterlijk = nieuw.uiterlijk, laatste_id = $5, laatste_datum = $3,
        laatste_soort = 'kindgesprek', nadert_vanaf = nieuw.uiterlijk - nieuw.waarschuwing
    FROM nieuw WHERE t.id = nieuw.id
"""
