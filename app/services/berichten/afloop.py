"""What becomes of a delivery: taken, not needed any more, tried again later, or given up. The same for every way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import AppError
from app.models import Bezorging, Gebeurtenis
from app.terms import Bezorgafloop

#: [keuze] minutes until the next try: doubled each time, at most four hours, and after ten tries nothing more
EERSTE_WACHT, LANGSTE_WACHT, POGINGEN = timedelta(minutes=1), timedelta(hours=4), 10

#: what is delivered by any way
Aflevering = Bezorging | Gebeurtenis


class NietBezorgd(AppError):
    """A channel could not deliver.

    Attributes:
        fout: a short code of what went wrong, without an address.
        blijvend: trying again does not help.
    """

    def __init__(self, fout: str, *, blijvend: bool = False) -> None:
        self.fout, self.blijvend = fout, blijvend
        super().__init__("Een bericht kon niet worden bezorgd.")


@dataclass(slots=True)
class Postverslag:
    """What one run did: counts alone."""

    vervallen: int = 0
    uitgesteld: int = 0
    verstuurd: int = 0
    mislukt: int = 0
    onbezorgbaar: int = 0

    def __str__(self) -> str:
        """Return it as one Dutch line."""
        return (
            f"{self.verstuurd} verstuurd, {self.vervallen} vervallen, {self.uitgesteld} uitgesteld, "
            f"{self.mislukt} mislukt, {self.onbezorgbaar} onbezorgbaar"
        )

    def lapse(self, one: Aflevering, nu: datetime) -> None:
        """Note that nothing asks for a delivery any more."""
        self._close(one, Bezorgafloop.VERVALLEN, nu)

    def put_off(self, one: Aflevering, until: datetime) -> None:
        """Note that it is asked again later, because who would hear it put it off; earlier tries do not count."""
        one.volgende_op, one.pogingen, one.fout = until, 0, None
        self.uitgesteld += 1

    def take(self, taken: Sequence[Aflevering], nu: datetime) -> None:
        """Note that deliveries were taken, in one go."""
        for one in taken:
            one.pogingen += 1
            self._close(one, Bezorgafloop.VERSTUURD, nu)

    def refuse(self, refused: Sequence[Aflevering], error: NietBezorgd, nu: datetime) -> None:
        """Note that deliveries were not taken: they are tried later and later, and given up in the end."""
        for one in refused:
            one.pogingen += 1
            one.fout = error.fout
            if error.blijvend or one.pogingen >= POGINGEN:
                self._close(one, Bezorgafloop.ONBEZORGBAAR, nu)
                continue
            one.volgende_op = nu + min(EERSTE_WACHT * 2 ** (one.pogingen - 1), LANGSTE_WACHT)
            self.mislukt += 1

    def _close(self, one: Aflevering, afloop: Bezorgafloop, nu: datetime) -> None:
        one.afloop, one.afgehandeld_op = afloop, nu
        setattr(self, afloop.value, getattr(self, afloop.value) + 1)
