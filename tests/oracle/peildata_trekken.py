"""Drawing the day on which is judged: near an edge of what is in the file."""

from datetime import date

from hypothesis import strategies as st

from .bouw import Werkboek
from .dagen_trekken import BEGIN, VANDAAG, draw_dag
from .kalender import add_dagen, add_maanden, add_werkdagen, get_verjaardag
from .normen import Normversie
from .orakel import oordelen

STAPPEN_DAGEN = (0, 7, 42, 91)
STAPPEN_MAANDEN = (3, 4, 6, 8, 12, 24)
WAARSCHUWINGEN = (1, 14, 28, 30, 60)


def _list_verjaardagen(werkboek: Werkboek) -> list[date]:
    """The days on which an age begins to matter; for a 12th birthday also when it is announced."""
    kinderen = [rij["geboortedatum"] for rij in werkboek["pleegkinderen"]]
    leden = [rij["geboortedatum"] for rij in werkboek["gezinsleden"] if rij["rol"] == "inwonende"]
    twaalf = [get_verjaardag(geboren, 12) for geboren in leden]
    dagen = [get_verjaardag(geboren, leeftijd) for geboren in kinderen for leeftijd in (4, 18)]
    dagen += [*twaalf, *(add_dagen(dag, -60) for dag in twaalf)]
    return [dag for dag in dagen if BEGIN <= dag <= add_dagen(VANDAAG, 1)]


def _list_ankers(werkboek: Werkboek) -> list[date]:
    """Every date in the file but the birthdays, around the years of the histories."""
    dagen = {
        waarde
        for rijen in werkboek.values()
        for rij in rijen
        for kolom, waarde in rij.items()
        if kolom != "geboortedatum" and isinstance(waarde, date)
    }
    return sorted(dag for dag in dagen if add_dagen(BEGIN, -400) <= dag <= add_dagen(VANDAAG, 120))


def _draw_dag_in_plaatsing(draw: st.DrawFn, werkboek: Werkboek) -> date:
    """A day on which most norms apply: within a plaatsing, its last day included."""
    plaatsing = draw(st.sampled_from(werkboek["plaatsingen"]))
    tot = plaatsing["tot"] or VANDAAG
    return draw_dag(draw, plaatsing["van"], add_dagen(tot, -1), _list_ankers(werkboek))


def _draw_dag_na_feit(draw: st.DrawFn, ankers: list[date]) -> date:
    """A day of the file, or a deadline that could start there."""
    dag = draw(st.sampled_from(ankers))
    stap = draw(st.sampled_from(("dag", "dagen", "maanden", "werkdagen")))
    if stap == "dagen":
        return add_dagen(dag, draw(st.sampled_from(STAPPEN_DAGEN)))
    if stap == "maanden":
        return add_maanden(dag, draw(st.sampled_from(STAPPEN_MAANDEN)))
    return add_werkdagen(dag, 3) if stap == "werkdagen" else dag


def _list_randen(uiterlijk: date) -> list[date]:
    """The last day that is met, the day after it, and where a warning could begin."""
    warnend = [add_dagen(uiterlijk, -dagen - naast) for dagen in WAARSCHUWINGEN for naast in (0, 1)]
    return [uiterlijk, add_dagen(uiterlijk, 1), uiterlijk, add_dagen(uiterlijk, 1), *warnend]


@st.composite
def peildata(
    draw: st.DrawFn,
    werkboek: Werkboek,
    normversies: list[Normversie] | None = None,
    laatste: date = VANDAAG,
) -> date:
    """A day near an edge: of a fact, of a deadline that it starts, of a norm version, of a real uiterlijk."""
    wissels = [versie["geldig_van"] for versie in normversies or () if versie["versie"] > 1]
    soort = draw(st.sampled_from(("plaatsing", "plaatsing", "feit", "verjaardag", "uitzondering")))
    if soort == "plaatsing":
        dag = _draw_dag_in_plaatsing(draw, werkboek)
    elif soort == "verjaardag" and (verjaardagen := _list_verjaardagen(werkboek)):
        dag = draw(st.sampled_from(verjaardagen))
    elif soort == "uitzondering" and werkboek["uitzonderingen"]:
        uitzondering = draw(st.sampled_from(werkboek["uitzonderingen"]))
        dag = draw_dag(draw, uitzondering["van"], uitzondering["herzien_uiterlijk"])
    else:
        dag = _draw_dag_na_feit(draw, [*_list_ankers(werkboek), *wissels])
    dag = add_dagen(dag, draw(st.sampled_from((0, 1, -1))))
    dag = min(dag, laatste)
    # From that first day on, step to an edge of a judgement that stands on it.
    naar_een_rand = draw(st.booleans())
    termijnen = [rij for rij in oordelen(werkboek, dag, normversies) if rij["uiterlijk"] is not None]
    if naar_een_rand and termijnen:
        termijn = draw(st.sampled_from(termijnen))
        dag = min(draw(st.sampled_from(_list_randen(termijn["uiterlijk"]))), laatste)
    return dag
