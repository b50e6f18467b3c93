"""A judgement together with the facts it was made from: what an explanation looks things up in."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from app.norms.calendar import Run, family_run, is_active, zorgperiode
from app.norms.feiten import Actie, Dossier, Gezin, Gezinslid, Plaatsing, Signaal, Uitzondering
from app.norms.judge import Oordeel
from app.norms.opvolging import Aanleiding, aanleidingen
from app.norms.vgb import Lidstand, look_at
from app.terms import OnderwerpSoort


class Zaak(NamedTuple):
    """One judgement, the dossier of the child, and its families by id."""

    oordeel: Oordeel
    dossier: Dossier
    gezinnen: Mapping[int, Gezin]

    @property
    def peildatum(self) -> date:
        """The day of judgement."""
        return self.oordeel.peildatum

    @property
    def laatste(self) -> date | None:
        """Date of the last counting event."""
        return None if self.oordeel.laatste is None else self.oordeel.laatste.datum

    @property
    def plaatsing(self) -> Plaatsing:
        """The plaatsing that the judgement is about."""
        return next(p for p in self.dossier.plaatsingen if p.id == self.oordeel.onderwerp_id)

    @property
    def signaal(self) -> Signaal:
        """The signaal that the judgement is about."""
        return next(s for s in self.dossier.signalen if s.id == self.oordeel.onderwerp_id)

    @property
    def aanleiding(self) -> Aanleiding:
        """The aanleiding that the judgement is about."""
        subject = (self.oordeel.onderwerp_soort, self.oordeel.onderwerp_id)
        return next(a for a in aanleidingen(self.dossier, self.peildatum) if (a.soort, a.id) == subject)

    @property
    def uitzondering(self) -> Uitzondering:
        """The zichtplan that the judgement is about."""
        return next(u for u in self.dossier.uitzonderingen if u.id == self.oordeel.onderwerp_id)

    @property
    def actie(self) -> Actie:
        """The agreed action that the judgement is about."""
        return next(a for a in self.dossier.acties if a.id == self.oordeel.onderwerp_id)

    @property
    def z(self) -> date:
        """First day of the zorgperiode; a judgement on the child exists only while in zorg."""
        return zorgperiode(self.dossier.plaatsingen, self.peildatum) or self.peildatum

    @property
    def gezin(self) -> Gezin:
        """The family that the judgement is about, itself or through one of its members."""
        onderwerp = self.oordeel.onderwerp_id
        if self.oordeel.onderwerp_soort == OnderwerpSoort.PLEEGGEZIN:
            return self.gezinnen[onderwerp]
        actief = (p for p in self.dossier.plaatsingen if is_active(p.van, p.tot, self.peildatum))
        gezinnen = (self.gezinnen[p.pleeggezin_id] for p in actief)
        return next(g for g in gezinnen if any(lid.id == onderwerp for lid in g.gezinsleden))

    @property
    def lid(self) -> Gezinslid:
        """The member that the judgement is about."""
        return next(lid for lid in self.gezin.gezinsleden if lid.id == self.oordeel.onderwerp_id)

    @property
    def run(self) -> Run:
        """The family's current run."""
        run = family_run(self.gezin.plaatsingen, self.peildatum)
        return Run(self.peildatum, None) if run is None else run

    @property
    def lidstand(self) -> Lidstand:
        """What the rules of the VGB saw of the member."""
        return look_at(self.lid, self.gezin, self.run, self.peildatum)
