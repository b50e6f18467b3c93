"""Load the demo: the organisatie, its invented children and everything about them, in one transaction.

What is invented is decided in ``app.demo``; here positions become keys, BSNs are encrypted, and rows go through COPY.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import Session

from app.db.sessions import unit_of_work
from app.db.statistics import refresh_statistics
from app.demo.feiten import Deel, Pleegkind
from app.demo.gebruikers import ANDER, DEMO, IGJ, ORGANISATIES, DemoOrganisatie
from app.demo.generator import Plan, generate, generate_ander, generate_igj
from app.demo.nummering import REEKSEN, Nummering
from app.demo.omvang import parse_omvang
from app.demo.tabel import Tabel
from app.errors import Conflict
from app.lib.progress import Progress
from app.models import (
    Account,
    Actie,
    Begeleiding,
    Casuistiekbespreking,
    Dossierlezing,
    Evaluatie,
    Feit,
    Gezinslid,
    Huisbezoek,
    Hulpverleningsplan,
    Kindgesprek,
    Maatregel,
    Medewerker,
    Meldcodestap,
    Ontwikkelbeeld,
    Opvolgstap,
    Organisatie,
    Plaatsing,
    Pleeggezin,
    Pleegoudervoogdgesprek,
    Ruisscore,
    Signaal,
    Uitstel,
    Uitzondering,
    Veiligheidscheck,
    Vertrouwenspersoon,
    Vgb,
)
from app.models import Pleegkind as PleegkindRij
from app.models.base import VERSION_COLUMNS, content_columns
from app.security.bsn import blind_index, encrypt_bsn
from app.security.demo_issuer import ISSUER
from app.security.secrets import Secrets
from app.services.beheer.organisaties import create_organisatie, ensure_team, find_organisatie
from app.services.bulk import copy_rows, reserve_ids
from app.services.demo.belnummers import give_demo_belnummers
from app.services.demo.toezicht import give_demo_mandaat
from app.services.feiten.versions import Recording, begin_recording
from app.services.termijnen import rebuild_termijnen

#: every table of facts, each after those that it refers to
MODELLEN: tuple[type[Feit], ...] = (
    Medewerker, Pleeggezin, Gezinslid, Vgb, Evaluatie, PleegkindRij, Maatregel, Plaatsing, Begeleiding, Kindgesprek,
    Veiligheidscheck, Huisbezoek, Casuistiekbespreking, Ontwikkelbeeld, Hulpverleningsplan, Pleegoudervoogdgesprek,
    Vertrouwenspersoon, Signaal, Uitzondering, Ruisscore, Meldcodestap, Opvolgstap, Actie,
    Dossierlezing, Uitstel,
)  # fmt: skip


class DemoAlGeladen(Conflict):
    """There are children already; loading them again would double the country."""

    code = "demo_al_geladen"
    detail = "Organisatie DEMO heeft al kinderen; de demo wordt er niet nog eens bij geladen."


@dataclass(frozen=True, slots=True)
class DemoSamenvatting:
    """What was loaded: children, versions of facts per table (all organisaties), and stored deadlines."""

    kinderen: int
    feiten: Mapping[str, int]
    termijnen: int

    def __str__(self) -> str:
        """Return it as one Dutch line."""
        aantallen = (self.kinderen, sum(self.feiten.values()), self.termijnen)
        kinderen, feiten, termijnen = (f"{aantal:,}".replace(",", ".") for aantal in aantallen)
        return f"De demo is geladen: {kinderen} verzonnen kinderen, {feiten} feiten en {termijnen} termijnen."


def demo_is_loaded(session: Session) -> bool:
    """Tell whether organisatie DEMO has children."""
    demo = find_organisatie(session, DEMO)
    return demo is not None and _has_kinderen(session, demo.id)


def load_demo(
    engine: Engine,
    omvang: str,
    *,
    seed: int,
    today: date,
    now: datetime,
    secrets: Secrets,
    progress: Progress | None = None,
    aanvullen: bool = False,
) -> DemoSamenvatting:
    """Load the demo organisaties in one transaction.

    Args:
        engine: of the app's role, without statement timeout (``app.db.engines``).
        omvang: ``klein``, ``aanbieder``, ``landelijk`` or a number of children.
        seed: another seed invents other children.
        today: civil date; everything happened before it.
        now: the moment of loading.
        secrets: the keys for the BSNs.
        progress: called with (children done, children in all, what).
        aanvullen: add children to a DEMO that has some, without users or story.

    Raises:
        OnbekendeOmvang: ``omvang`` is none of these.
        DemoAlGeladen: DEMO has children and ``aanvullen`` was not asked for.
    """
    maat = parse_omvang(omvang)
    with unit_of_work(engine) as session:
        demo = _ensure_organisatie(session, ORGANISATIES[DEMO])
        recording = begin_recording(session, demo.id, now, None)  # a second load waits here, and then refuses
        if _has_kinderen(session, demo.id) and not aanvullen:
            raise DemoAlGeladen
        reeks = _free_reeks(session, demo.id)
        writer = _Writer(session, recording, Nummering(ORGANISATIES[DEMO].index, reeks), secrets)
        feiten = _write_all(writer, Plan(maat, seed, today, verhaal=reeks == 1), progress)
        if reeks == 1:
            give_demo_belnummers(session, demo.id, now)
            feiten += _load_others(session, secrets, today, seed, now)
        done = DemoSamenvatting(maat.kinderen, dict(feiten), _termijnen(session, demo.id, today, progress))
    refresh_statistics(engine)
    return done


def _write_all(writer: "_Writer", plan: Plan, progress: Progress | None) -> Counter[str]:
    """Write the children of a plan, and return what was written per table."""
    for deel in generate(plan):
        writer.write(deel)
        if progress:
            progress(writer.geteld["pleegkind"], plan.omvang.kinderen, "kinderen")
    return Counter(writer.geschreven)


def _load_others(session: Session, secrets: Secrets, today: date, seed: int, now: datetime) -> Counter[str]:
    """Load the small organisaties around DEMO, with the mandate of the inspectie."""
    feiten = _load_other(session, secrets, generate_igj(today, seed), ORGANISATIES[IGJ], now)
    feiten += _load_other(session, secrets, generate_ander(today, seed), ORGANISATIES[ANDER], now)
    give_demo_mandaat(session, today, now)
    return feiten


def _termijnen(session: Session, demo_id: int, today: date, progress: Progress | None) -> int:
    """Store the deadlines of DEMO and of ANDER; return how many."""
    made = rebuild_termijnen(session, demo_id, today, progress)
    ander = find_organisatie(session, ANDER)
    return made if ander is None else made + rebuild_termijnen(session, ander.id, today)


def _load_other(session: Session, secrets: Secrets, deel: Deel, wie: DemoOrganisatie, now: datetime) -> Counter[str]:
    """Load one of the small organisaties; one that is there already stays as it is."""
    if find_organisatie(session, wie.code) is not None:
        return Counter()
    organisatie = _ensure_organisatie(session, wie)
    recording = begin_recording(session, organisatie.id, now, None)
    writer = _Writer(session, recording, Nummering(wie.index), secrets)
    writer.write(deel)
    return writer.geschreven


def _ensure_organisatie(session: Session, wie: DemoOrganisatie) -> Organisatie:
    bestaand = find_organisatie(session, wie.code)
    return bestaand or create_organisatie(session, wie.code, wie.naam, wie.soort)


def _has_kinderen(session: Session, organisatie_id: int) -> bool:
    wanted = exists().where(PleegkindRij.organisatie_id == organisatie_id)
    return session.execute(select(wanted)).scalar_one()


def _free_reeks(session: Session, organisatie_id: int) -> int:
    """Return the first series of nummers that was not used in an earlier load."""
    for reeks in REEKSEN:
        nummer = Nummering(0, reeks).nummer("pleegkind", 1)
        wanted = exists().where(PleegkindRij.organisatie_id == organisatie_id, PleegkindRij.nummer == nummer)
        if not session.execute(select(wanted)).scalar_one():
            return reeks
    raise DemoAlGeladen("Organisatie DEMO is al zo vaak aangevuld dat de nummers op zijn.")


@dataclass(slots=True)
class _Writer:
    """Writes Deel after Deel into one organisatie.

    Attributes:
        session, recording: of the whole load, of this organisatie.
        nummering: of its facts.
        secrets: the keys for the BSNs.
        geteld: facts so far, per table; the next one gets the number after.
        geschreven: versions so far, per table.
    """

    session: Session
    recording: Recording
    nummering: Nummering
    secrets: Secrets
    geteld: Counter[str] = field(default_factory=Counter)
    geschreven: Counter[str] = field(default_factory=Counter)

    def write(self, deel: Deel) -> None:
        """Write one Deel with its team and accounts."""
        team = ensure_team(self.session, self.recording.organisatie_id, deel.team) if deel.team else None
        sleutels: dict[str, Sequence[int]] = {"team": () if team is None else (team,)}
        aantal = sum(len(getattr(deel, model.__tablename__)) for model in MODELLEN)
        volgorde = iter(self.recording.take(aantal))
        for model in MODELLEN:
            tabel: Tabel[Any] = getattr(deel, model.__tablename__)
            if tabel.eerste:
                self._write_table(model, tabel, sleutels, volgorde)
        self._add_accounts(deel, sleutels["medewerker"])

    def _write_table(
        self,
        model: type[Feit],
        tabel: Tabel[Any],
        sleutels: dict[str, Sequence[int]],
        volgorde: Iterator[int],
    ) -> None:
        naam = model.__tablename__
        ids = reserve_ids(self.session, model, len(tabel))
        sleutels[naam] = ids[: len(tabel.eerste)]
        inhoud = _told(model, tabel.eerste[0].feit)
        told = [(inhoud.index(column), doel) for column, doel in model.REFERENCES.items() if column in inhoud]
        vorm = _Vorm(self, sleutels, told)
        rows = self._rows(naam, tabel, ids, vorm, volgorde)
        self.geschreven[naam] += copy_rows(self.session, model, (*VERSION_COLUMNS, *inhoud), rows)
        self.geteld[naam] += len(tabel.eerste)

    def _rows(
        self, naam: str, tabel: Tabel[Any], ids: Sequence[int], vorm: "_Vorm", volgorde: Iterator[int]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the row of each fact: ``VERSION_COLUMNS`` in their order, then its own.

        Its later versions come right behind it: none may overlap with a plaatsing that has ended.
        """
        organisatie, eerder = self.recording.organisatie_id, self.geteld[naam]
        latere = iter(ids[len(tabel.eerste) :])
        for positie, eerste in enumerate(tabel.eerste):
            n = eerder + positie + 1
            uid, nummer, eigen = self.nummering.uid(naam, n), self.nummering.nummer(naam, n), ids[positie]
            yield (
                eigen, None, uid, organisatie, nummer, 1, None, False, None,
                eerste.op, vorm.door(eerste.door), next(volgorde), *vorm.inhoud(eerste.feit, uid),
            )  # fmt: skip
            vorige = eigen
            for versie, volgende in enumerate(tabel.volgende.get(positie, ()), start=2):
                nieuw = next(latere)
                yield (
                    nieuw, eigen, uid, organisatie, nummer, versie, vorige, volgende.ingetrokken, volgende.reden,
                    volgende.op, vorm.door(volgende.door), next(volgorde), *vorm.inhoud(volgende.feit, uid),
                )  # fmt: skip
                vorige = nieuw

    def encode_bsn(self, kind: Pleegkind, uid: UUID) -> tuple[Any, ...]:
        """Return a child's values; the BSN, which is the last, becomes two: encrypted and indexed."""
        if kind.bsn is None:
            return (*kind[:-1], None, None)
        organisatie = self.recording.organisatie_id
        versleuteld = encrypt_bsn(self.secrets, kind.bsn, organisatie, uid)
        return (*kind[:-1], versleuteld, blind_index(self.secrets, organisatie, kind.bsn))

    def _add_accounts(self, deel: Deel, medewerkers: Sequence[int]) -> None:
        for gebruikersnaam, positie in deel.accounts.items():
            self.session.add(
                Account(
                    organisatie_id=self.recording.organisatie_id,
                    medewerker_id=medewerkers[positie],
                    issuer=ISSUER,
                    subject=gebruikersnaam,
                )
            )
        self.session.flush()  # the medewerkers are already there, by COPY


def _told(model: type[Feit], feit: tuple[Any, ...]) -> list[str]:
    """Return the columns that the demo tells of a kind, in the order of its values; the rest keeps its default."""
    columns = content_columns(model)
    if isinstance(feit, Pleegkind):  # its BSN becomes two columns
        return columns
    names = type(feit)._fields  # type: ignore[attr-defined] # every fact of the demo is a NamedTuple
    assert set(names) <= set(columns), (model, names)  # noqa: S101 - a field that is no column is a mistake here
    return list(names)


@dataclass(frozen=True, slots=True)
class _Vorm:
    """How the values of one table become those of its columns: positions become keys."""

    writer: _Writer
    sleutels: Mapping[str, Sequence[int]]
    verwijzingen: list[tuple[int, str]]

    def door(self, medewerker: int | None) -> int | None:
        """Return the key of who recorded it."""
        return None if medewerker is None else self.sleutels["medewerker"][medewerker]

    def inhoud(self, feit: tuple[Any, ...], uid: UUID) -> Sequence[Any]:
        """Return the values for the columns of a fact's own."""
        if isinstance(feit, Pleegkind):
            return self.writer.encode_bsn(feit, uid)
        waarden = list(feit)
        for plaats, doel in self.verwijzingen:
            if waarden[plaats] is not None:
                waarden[plaats] = self.sleutels[doel][waarden[plaats]]
        return waarden
