"""Key figures without small cells, for whoever may quote them outside: no count of 1 to 4, and none to be worked out.

A cell is one count of one group over one part (voltijd or alle). Three things stay hidden: every cell of 1 to 4; every
cell of a part with fewer than five rows; and what nobody prints but everybody can subtract: those who are *not*
navolgbaar, the deeltijd rows, the rows to which a criterion does not apply, what the hidden cells of one sum come to.
Zero is shown: nobody is in it [keuze, as is the five].

Teams, GIs and zorgvormen each add up to the organisatie, and the standen of a criterion to its rows, so hiding one cell
of a sum hides nothing. ``hide`` therefore asks of each hidden quantity whether it follows from what is still shown
and those sums (linear algebra, exact), and hides the next smallest cell until none does. It does not see through more
than one quarter, and rows themselves are another right.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from app.norms.kwartaaltoets.inhoud import GroepKengetallen, Kengetallen
from app.norms.toezicht.equations import Equations

DREMPEL = 5
Deel = Literal["voltijd", "alle"]
DELEN: tuple[Deel, ...] = ("voltijd", "alle")
#: counts of rows: the others of the part are a count too
_OF_ROWS: tuple[Literal["navolgbaar", "metUitzondering", "lateStreef", "nooitGezien"], ...] = (
    "navolgbaar", "metUitzondering", "lateStreef", "nooitGezien",
)  # fmt: skip
STANDEN: tuple[Literal["op_tijd", "nadert", "te_laat", "uitzondering"], ...] = (
    "op_tijd", "nadert", "te_laat", "uitzondering",
)  # fmt: skip


#: … and of the second catalogue: a count, and the part of it of which the rest is a count too
_OF_OPVOLGING = (
    ("rijen", "lateOpvolging"), ("rijen", "zichtplannen"), ("rijen", "gezien.rijen"),
    ("gezien.rijen", "gezien.gezien"), ("aanleidingen", "overleg.vervallen"),
    ("aanleidingen", "besluit.vervallen"), ("overleg.vervallen", "overleg.opTijd"),
    ("overleg.vervallen", "overleg.zonder"), ("besluit.vervallen", "besluit.opTijd"),
    ("besluit.vervallen", "besluit.zonder"),
)  # fmt: skip
#: name of the figures of MDO as streef, beside those as norm
MDO_STREEF = "MDO-streef"


class Cel(NamedTuple):
    """A count: of which group (its place in the list), over which part, of what (``KAG-R.te_laat``)."""

    groep: int
    deel: str
    maat: str


Form = dict[Cel, int]  # a sum of cells with their signs


def counts_of(cijfers: Kengetallen) -> dict[str, int]:
    """Return every count of a part by name."""
    counts = {"rijen": cijfers["rijen"], "lateRegistraties": cijfers["lateRegistraties"]}
    counts |= {maat: cijfers[maat] for maat in _OF_ROWS}
    counts["kindperiodes.totaal"] = cijfers["kindperiodes"]["totaal"]
    counts["kindperiodes.metGesprek"] = cijfers["kindperiodes"]["metGesprek"]
    if "opvolging" in cijfers:
        counts |= _counts_of_opvolging(cijfers)
    criteria = {**cijfers["criteria"], **({MDO_STREEF: cijfers["mdoStreef"]} if "mdoStreef" in cijfers else {})}
    for code, criterium in criteria.items():
        counts[f"{code}.vanToepassing"] = criterium["vanToepassing"]
        counts |= {f"{code}.{stand}": criterium[stand] for stand in STANDEN}
    return counts


def _counts_of_opvolging(cijfers: Kengetallen) -> dict[str, int]:
    opvolging, gezien = cijfers["opvolging"], cijfers["gezien"]
    counts = {"aanleidingen": opvolging["aanleidingen"], "lateOpvolging": opvolging["rijenTeLaat"]}
    for naam, stap in (("overleg", opvolging["overleg"]), ("besluit", opvolging["besluit"])):
        counts |= {f"{naam}.vervallen": stap["vervallen"], f"{naam}.opTijd": stap["opTijd"]}
        counts[f"{naam}.zonder"] = stap["zonder"]
    counts |= {"gezien.rijen": gezien["vanToepassing"], "gezien.gezien": gezien["gezien"]}
    counts["zichtplannen"] = cijfers["zichtplannen"]
    return counts


def hide(groepen: Sequence[GroepKengetallen]) -> frozenset[Cel]:
    """Return the cells that must not be shown.

    Args:
        groepen: the organisatie first, then its teams, GIs and zorgvormen; each soort adds up to the organisatie.
    """
    return Cijfertabel(groepen).hidden()


class Cijfertabel:
    """The cells with their values, the sums that everybody knows, and what nobody may work out."""

    def __init__(self, groepen: Sequence[GroepKengetallen]) -> None:
        self.soorten = [groep["soort"] for groep in groepen]
        self.value: dict[Cel, int] = {}
        for i, groep in enumerate(groepen):
            for deel in DELEN:
                self.value |= {Cel(i, deel, maat): count for maat, count in counts_of(groep[deel]).items()}
        self._maten = sorted({cel.maat for cel in self.value})
        self.codes = [maat.partition(".")[0] for maat in self._maten if maat.endswith(".vanToepassing")]
        self.sums = [*self._criterion_sums(), *self._group_sums()]
        self.sums_with: dict[Cel, list[Form]] = {}
        for form in self.sums:
            for cel in form:
                self.sums_with.setdefault(cel, []).append(form)

    def hidden(self) -> frozenset[Cel]:
        """Hide what is small, then what gives it away, until nothing does."""
        hidden = {cel for cel, count in self.value.items() if is_small(count) or self.is_in_small_part(cel)}
        derived = [form for form in self.derived() if is_small(self.total(form))]
        while fresh := self._next_to_hide(hidden, derived):
            hidden |= fresh
        return frozenset(hidden)

    def _next_to_hide(self, hidden: set[Cel], derived: Sequence[Form]) -> set[Cel]:
        """Return a cell beside each quantity that can be worked out."""
        left = [{cel: sign for cel, sign in form.items() if cel in hidden} for form in self.sums]
        equations = Equations(form for form in left if form)
        exposed = [form for form in [*derived, *({cel: 1} for cel in sorted(hidden))] if equations.yields(form, hidden)]
        exposed += [form for form in left if len(set(form.values())) == 1 and is_small(self.total(form))]
        fresh: set[Cel] = set()
        for form in exposed:
            candidates = set(form) - hidden or self._beside(form, hidden)
            if candidates and not candidates & fresh:
                fresh.add(min(candidates, key=self.cost))
        return fresh

    def _beside(self, form: Form, hidden: set[Cel]) -> set[Cel]:
        """Return what is shown in the sums that give a hidden quantity away: those with the fewest hidden cells."""
        sums = [one for cel in form for one in self.sums_with.get(cel, ()) if not one.keys() <= hidden]
        fewest = min((len(one.keys() & hidden) for one in sums), default=0)
        return {cel for one in sums if len(one.keys() & hidden) == fewest for cel in one} - hidden

    def cost(self, cel: Cel) -> tuple[Any, ...]:
        """Return what hiding a cell costs: a zero hides little, and of the whole one wants to know most."""
        whole = self.soorten[cel.groep] == "organisatie"
        return self.value[cel] == 0, cel.maat == "rijen", whole, cel.deel == "alle", self.value[cel], cel

    def signed(self, form: Form) -> int:
        """Return what a sum of cells comes to."""
        return sum(sign * self.value[cel] for cel, sign in form.items())

    def total(self, form: Form) -> int:
        """Return the same without its sign."""
        return abs(self.signed(form))

    def is_in_small_part(self, cel: Cel) -> bool:
        """Tell whether a cell is of a part with fewer than five rows."""
        return is_small(self.value[cel._replace(maat="rijen")])

    def parts(self) -> Iterator[tuple[int, str]]:
        """Return every part of every group."""
        return ((i, deel) for i in range(len(self.soorten)) for deel in DELEN)

    def _criterion_sums(self) -> Iterator[Form]:
        """Yield that the rows to which a criterion applies are those of its four standen."""
        for i, deel in self.parts():
            for code in self.codes:
                standen = {Cel(i, deel, f"{code}.{stand}"): -1 for stand in STANDEN}
                yield {Cel(i, deel, f"{code}.vanToepassing"): 1, **standen}

    def _group_sums(self) -> Iterator[Form]:
        """Yield that the teams, the GIs and the zorgvormen each add up to the organisatie."""
        whole = self.soorten.index("organisatie")
        for soort in sorted(set(self.soorten) - {"organisatie"}):
            own = [i for i, one in enumerate(self.soorten) if one == soort]
            for deel in DELEN:
                for maat in self._maten:
                    yield {Cel(whole, deel, maat): 1, **{Cel(i, deel, maat): -1 for i in own}}

    def derived(self) -> Iterator[Form]:
        """Yield what is not printed but subtracted: the others of a part, and the rows in deeltijd."""
        others: list[tuple[str, str]] = [("rijen", maat) for maat in _OF_ROWS]
        others += [("rijen", f"{code}.vanToepassing") for code in self.codes]
        others += [("kindperiodes.totaal", "kindperiodes.metGesprek")]
        others += [pair for pair in _OF_OPVOLGING if pair[1] in self._maten]
        for i, deel in self.parts():
            yield from ({Cel(i, deel, all_of): 1, Cel(i, deel, some): -1} for all_of, some in others)
        for i in range(len(self.soorten)):
            yield from ({Cel(i, "alle", maat): 1, Cel(i, "voltijd", maat): -1} for maat in self._maten)
            for all_of, some in others:
                deeltijd = {Cel(i, "alle", all_of): 1, Cel(i, "voltijd", all_of): -1}
                yield {**deeltijd, Cel(i, "alle", some): -1, Cel(i, "voltijd", some): 1}


def is_small(count: int) -> bool:
    """Tell whether a count says too much about too few."""
    return 0 < count < DREMPEL


def shown_counts(groepen: Iterable[GroepKengetallen], hidden: frozenset[Cel]) -> dict[Cel, int | None]:
    """Return every cell with its count, None where it is hidden."""
    return {
        cel: None if cel in hidden else count
        for i, groep in enumerate(groepen)
        for deel in DELEN
        for maat, count in counts_of(groep[deel]).items()
        for cel in (Cel(i, deel, maat),)
    }
