"""What of a quarter stays hidden for everybody: small counts, and what totals or another quarter would give away.

Protected is every count of 1 to 4, printed or got by subtracting (``app.norms.toezicht.onderdrukking``), every cell of
a part with fewer than five rows, and every count that differs by 1 to 4 from what it was in the quarter beside this
one: mostly the same children are in both. The quarter beside it is the last one before, and the first one after, in
which that count can be worked out; what went out stays out, so only the new quarter gives way.

The attacker is told more than is printed: every zero, of a cell and of a difference that is never negative. With that,
what follows by equations and inequalities follows by equations alone (a quantity is the same in all solutions of a set
of inequalities only because of those that are equalities in every solution, and these are zero in the true one). So a
hidden count is safe as soon as no sum of equations gives it; of whole numbers alone nothing is proved (ADR 0030).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from app.norms.kwartaaltoets.inhoud import GroepKengetallen
from app.norms.toezicht.equations import Equations, are_alike
from app.norms.toezicht.onderdrukking import DELEN, MDO_STREEF, STANDEN, Cel, Cijfertabel, Form, is_small

#: a team is a handful of medewerkers, and the name of one is free text [keuze]
OPEN_SOORTEN = ("organisatie", "gi", "zorgvorm", "leeftijd", "maatregel")
_CRITERIA = ("KAG-R", "VC-J", "MDO")


class Reden(StrEnum):
    """Why a count stays hidden."""

    KLEIN = "klein"
    ANDER_KWARTAAL = "ander_kwartaal"
    AFLEIDBAAR = "afleidbaar"


class Uitgave(NamedTuple):
    """A quarter that went out: its groups with the true counts, and the cells that did not."""

    kwartaal: str
    groepen: Sequence[GroepKengetallen]
    verborgen: frozenset[Cel]


def open_groepen(groepen: Iterable[GroepKengetallen]) -> list[GroepKengetallen]:
    """Return the groups that may go out, the organisatie first."""
    return [groep for groep in groepen if groep["soort"] in OPEN_SOORTEN]


def hide_open(kwartaal: str, groepen: Sequence[GroepKengetallen], uitgaven: Iterable[Uitgave]) -> dict[Cel, Reden]:
    """Return the cells of a quarter that must not go out, each with why.

    Args:
        kwartaal: its name, by which quarters sort.
        groepen: from ``open_groepen``.
        uitgaven: the quarters of the same organisatie that went out, also those that were withdrawn.
    """
    tabel = _Openbaar(groepen)
    earlier = sorted((one for one in uitgaven if one.kwartaal < kwartaal), key=lambda one: one.kwartaal, reverse=True)
    later = sorted((one for one in uitgaven if one.kwartaal > kwartaal), key=lambda one: one.kwartaal)
    beside = [[_Buur(one) for one in side] for side in (earlier, later)]
    close = [form for form in tabel.forms() if any(_differs_little(tabel, form, side) for side in beside)]
    return tabel.hidden_with_reasons(close)


class _Openbaar(Cijfertabel):
    """One quarter: its cells, the sums that everybody knows, and what is never negative."""

    def __init__(self, groepen: Sequence[GroepKengetallen]) -> None:
        super().__init__(groepen)
        self.groepen = [(groep["soort"], groep["naam"]) for groep in groepen]
        self._small = [form for form in (*self.derived(), *self._more_derived()) if is_small(self.total(form))]
        zeros = [form for form in (*self.derived(), *self._more_derived(), *self._bounds()) if not self.total(form)]
        self._equations = [self._without_zeros(form) for form in (*self.sums, *zeros)]
        self._equations_with: dict[Cel, list[Form]] = {}
        for form in self._equations:
            for cel in form:
                self._equations_with.setdefault(cel, []).append(form)

    def forms(self) -> Iterator[Form]:
        """Yield what can be compared between quarters: every cell, and everything that subtraction gives."""
        yield from ({cel: 1} for cel in self.value)
        yield from self.derived()
        yield from self._more_derived()

    def system(self, hidden: Collection[Cel]) -> tuple[Equations, set[Cel]]:
        """Return what follows from what with these cells hidden, and which of them are unknown: a zero never is."""
        unknown = {cel for cel in hidden if self.value[cel]}
        left = ({cel: sign for cel, sign in form.items() if cel in unknown} for form in self._equations)
        return Equations(form for form in left if form), unknown

    def hidden_with_reasons(self, close: Sequence[Form]) -> dict[Cel, Reden]:
        """Hide what is small, then what is too close to another quarter, then what gives either away."""
        hidden = {
            cel: Reden.KLEIN for cel, count in self.value.items() if is_small(count) or self.is_in_small_part(cel)
        }
        for cel in (cel for form in close if len(form) == 1 for cel in form):
            hidden.setdefault(cel, Reden.ANDER_KWARTAAL)
        protected = [*self._small, *close, *({cel: 1} for cel in sorted(hidden) if self.value[cel])]
        while fresh := self._give_way(hidden.keys(), protected):
            hidden |= dict.fromkeys(sorted(fresh), Reden.AFLEIDBAAR)
        for cel in self._needless(hidden, protected):
            del hidden[cel]
        return hidden

    def _give_way(self, hidden: Collection[Cel], protected: Sequence[Form]) -> set[Cel]:
        """Return a cell for each protected count that follows from what is shown; none: nothing does."""
        equations, unknown = self.system(hidden)
        exposed = [form for form in protected if equations.yields(form, unknown)]
        exposed += list(self._small_rests(unknown))
        fresh: set[Cel] = set()
        for form in exposed:
            found = self._nearest_shown(form, unknown)
            if not found & fresh:
                fresh.add(min(found, key=self.cost))
        return fresh

    def _needless(self, hidden: Mapping[Cel, Reden], protected: Sequence[Form]) -> Iterator[Cel]:
        """Yield what was hidden to protect others and need not be: that of which one wants to know most comes first.

        With one cell more shown a protected sum follows when what is left of both is the same but for a factor.
        """
        equations, unknown = self.system(hidden)
        left = [equations.reduced({cel: sign for cel, sign in form.items() if cel in unknown}) for form in protected]
        for cel in sorted((c for c, why in hidden.items() if why is Reden.AFLEIDBAAR), key=self.cost, reverse=True):
            own = equations.reduced({cel: 1})
            fewer = unknown - {cel}
            if any(are_alike(own, form) for form in left) or self._has_small_rest(self.sums_with[cel], fewer):
                continue
            if own:
                equations.add(own)
                left = [equations.reduced(form) for form in left]
            unknown = fewer
            yield cel

    def _small_rests(self, unknown: Collection[Cel]) -> Iterator[Form]:
        """Yield the sums of which what is hidden comes to 1 to 4 together."""
        return (self._without_zeros(form) for form in self.sums if self._has_small_rest([form], unknown))

    def _has_small_rest(self, sums: Iterable[Form], unknown: Collection[Cel]) -> bool:
        rests = [{cel: sign for cel, sign in form.items() if cel in unknown} for form in sums]
        return any(len(r) > 1 and len(set(r.values())) == 1 and is_small(self.total(r)) for r in rests)

    def _nearest_shown(self, form: Form, unknown: set[Cel]) -> set[Cel]:
        """Return what is shown and not zero in a sum, else in the equations that its hidden cells are in, and so on."""
        reached = {cel for cel in form if self.value[cel]}
        while not (found := reached - unknown):
            reached |= {cel for known in reached for one in self._equations_with.get(known, ()) for cel in one}
        return found

    def _without_zeros(self, form: Form) -> Form:
        return {cel: sign for cel, sign in form.items() if self.value[cel]}

    def _more_derived(self) -> Iterator[Form]:
        """Yield what else subtraction gives of a part: beside a stand, without an exception, without either MDO."""
        for i in range(len(self.groepen)):
            voltijd, alle = (list(self._rest_of(i, deel)) for deel in DELEN)
            yield from (*voltijd, *alle)
            for of_all, of_some in zip(alle, voltijd, strict=True):
                yield {**of_all, **{cel: -sign for cel, sign in of_some.items()}}

    def _rest_of(self, groep: int, deel: str) -> Iterator[Form]:
        for code in self.codes:
            for stand in STANDEN:
                yield {Cel(groep, deel, f"{code}.vanToepassing"): 1, Cel(groep, deel, f"{code}.{stand}"): -1}
        yield {Cel(groep, deel, "navolgbaar"): 1, Cel(groep, deel, "metUitzondering"): -1}
        streef = Cel(groep, deel, f"{MDO_STREEF}.vanToepassing")
        if streef in self.value:
            yield {Cel(groep, deel, "rijen"): 1, Cel(groep, deel, "MDO.vanToepassing"): -1, streef: -1}

    def _bounds(self) -> Iterator[Form]:
        """Yield what else is never negative: a row is not navolgbaar because of a criterion that is te_laat."""
        for i, deel in self.parts():
            late = {Cel(i, deel, f"{code}.te_laat"): 1 for code in _CRITERIA}
            exceptions = [Cel(i, deel, f"{code}.uitzondering") for code in (*_CRITERIA, MDO_STREEF)]
            covered = {cel: 1 for cel in exceptions if cel in self.value}
            rijen, navolgbaar = Cel(i, deel, "rijen"), Cel(i, deel, "navolgbaar")
            yield {**late, rijen: -1, navolgbaar: 1}
            yield {**covered, Cel(i, deel, "metUitzondering"): -1}
            for cel in late:
                yield {rijen: 1, navolgbaar: -1, Cel(i, deel, "lateStreef"): 1, cel: -1}


class _Buur:
    """A quarter that went out, as everybody can work it out."""

    def __init__(self, uitgave: Uitgave) -> None:
        self._tabel = _Openbaar(uitgave.groepen)
        self._stelsel, self._unknown = self._tabel.system(uitgave.verborgen)
        self._place = {groep: i for i, groep in enumerate(self._tabel.groepen)}
        self._maten = {cel.maat for cel in self._tabel.value}

    def found(self, form: Mapping[Cel, int], groepen: Sequence[tuple[str, str]]) -> int | None:
        """Return what the same sum comes to here; None where it cannot be worked out. A group that is not here has 0.

        Args:
            form: the sum, in the cells of another quarter.
            groepen: soort and name of each group there.
        """
        if not all(cel.maat in self._maten for cel in form):
            return None
        here: dict[Any, int] = {
            cel._replace(groep=self._place[groepen[cel.groep]]): sign
            for cel, sign in form.items()
            if groepen[cel.groep] in self._place
        }
        return self._tabel.signed(here) if self._stelsel.yields(here, self._unknown) else None


def _differs_little(tabel: _Openbaar, form: Form, side: Sequence[_Buur]) -> bool:
    """Tell whether a sum differs by 1 to 4 from what it was in the first quarter of a side where it can be had."""
    for buur in side:
        there = buur.found(form, tabel.groepen)
        if there is not None:
            here = tabel.signed(form)
            return here != 0 and is_small(abs(here - there))
    return False
