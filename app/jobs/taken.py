"""The jobs: a name, a period, one service call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.clock import civil_date
from app.db.engines import Engines
from app.db.namens import Namens
from app.db.sessions import reading, unit_of_work
from app.jobs.periode import Periode, always, hourly, nightly, weekly
from app.jobs.toetsopdrachten import Makerij, make_orders
from app.queries.webhooks import list_active_webhooks
from app.security.dossiersleutels import Dossiersleutels
from app.security.secrets import Secrets
from app.services.beheer.controle import control
from app.services.beheer.onderhoud import maintain
from app.services.berichten.aankondigen import announce_ends
from app.services.berichten.bezorgen import Bezorger, Bezorgronde
from app.services.berichten.gebeurtenissen import Aanroeper, Gebeurtenispost
from app.services.berichten.reopening import reopen_begun
from app.services.berichten.weekbericht import announce_week
from app.services.feiten.recording import RequestTime
from app.services.meegaan import take_along_due
from app.services.vernietigingen.besluiten import propose_due
from app.services.vernietigingen.uitvoeren import carry_out
from app.services.zegels.maken import Zegelplaats, make_seal
from app.services.zegels.verifieren import Anker, verify
from app.settings import Settings
from app.terms import Berichtkanaal


@dataclass(frozen=True, slots=True)
class Werkplaats:
    """What jobs work with.

    Attributes:
        settings: of the installation.
        engines: on its database.
        zegelplaats: where seals go.
        secrets: the keys of the installation.
        kanalen: by which ways messages go; none while no way is set up.
        aanroeper: calls webhooks; None while nobody said where the service stands.
    """

    settings: Settings
    engines: Engines
    zegelplaats: Zegelplaats
    secrets: Secrets
    kanalen: Mapping[Berichtkanaal, Bezorger]
    aanroeper: Aanroeper | None = None


@dataclass(frozen=True, slots=True)
class Taakuitkomst:
    """What a job says when it is done, in counts, and how much of it somebody must look at."""

    verslag: str
    bevindingen: int = 0


@dataclass(frozen=True, slots=True)
class Taak:
    """One job, for one organisatie at a time."""

    naam: str
    periode: Periode
    run: Callable[[Werkplaats, int, datetime], Taakuitkomst]


GEEN_KANAAL: Final = Taakuitkomst("er is geen mailserver ingesteld")
GEEN_ADRES: Final = Taakuitkomst("PLEEGZICHT_PUBLIC_URL is niet ingesteld")


def _berichten(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    if not plaats.kanalen and not _webhooks_of(plaats, organisatie):
        return GEEN_KANAAL
    link = f"{plaats.settings.public_url}/"
    with unit_of_work(plaats.engines.work, Namens(organisatie)) as session:
        announce_ends(session, organisatie, nu)
    done = Bezorgronde(plaats.engines.work, organisatie, plaats.kanalen, link).deliver(nu)
    return Taakuitkomst(str(done), done.onbezorgbaar)


def _webhooks_of(plaats: Werkplaats, organisatie: int) -> Sequence[int]:
    with reading(plaats.engines.work, Namens(organisatie)) as session:
        return list_active_webhooks(session, organisatie)


def _webhooks(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    if plaats.aanroeper is None:
        return GEEN_ADRES
    done = Gebeurtenispost(plaats.engines.work, organisatie, plaats.aanroeper).deliver(nu)
    return Taakuitkomst(str(done), done.onbezorgbaar)


def _weekbericht(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    if not plaats.kanalen:
        return GEEN_KANAAL
    with unit_of_work(plaats.engines.work, Namens(organisatie)) as session:
        return Taakuitkomst(f"{announce_week(session, organisatie, plaats.kanalen, nu)} klaargezet")


def _zegel(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    return Taakuitkomst(f"zegel {make_seal(plaats.engines.work, organisatie, plaats.zegelplaats, nu).nummer}")


def _onderhoud(plaats: Werkplaats, _organisatie: int, nu: datetime) -> Taakuitkomst:
    owner = plaats.engines.owner()
    try:
        done = maintain(owner, nu)
    finally:
        owner.dispose()
    return Taakuitkomst(f"{done.maanden} maanden aangemaakt, {done.verwijderd} oude rijen verwijderd")


def _verifieer(plaats: Werkplaats, organisatie: int, _nu: datetime) -> Taakuitkomst:
    anker = Anker(plaats.zegelplaats.map, plaats.zegelplaats.sleutel.public)
    found = verify(plaats.engines.work, [organisatie], anker)
    return Taakuitkomst(str(found), len(found.afwijkingen))


def _overdracht(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    with unit_of_work(plaats.engines.work, Namens(organisatie)) as session:
        gone = take_along_due(session, organisatie, RequestTime(nu, civil_date(nu)))
        reopen_begun(session, organisatie, civil_date(nu))
    return Taakuitkomst(f"{gone} kinderen: wat openstond ging mee naar de volgende begeleider")


def _controleer(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    with reading(plaats.engines.work, Namens(organisatie)) as session:
        found = control(session, [organisatie], civil_date(nu))
    return Taakuitkomst(f"{found.termijnen} termijnen, {len(found.afwijkingen)} afwijkingen", len(found.afwijkingen))


def _vernietigen(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    with unit_of_work(plaats.engines.work, Namens(organisatie)) as session:
        proposed = propose_due(session, organisatie, nu, civil_date(nu))
    owner = plaats.engines.owner()
    try:
        done = carry_out(owner, organisatie, Dossiersleutels(plaats.settings.dossiersleutel_path), nu)
    finally:
        owner.dispose()
    said = f"{proposed} voorgesteld, {done.verzegeld} verzegeld, {done.hersteld} hersteld, {done.vernietigd} vernietigd"
    return Taakuitkomst(said, len(done.gelaten))


def _toetsopdrachten(plaats: Werkplaats, organisatie: int, nu: datetime) -> Taakuitkomst:
    done = make_orders(Makerij(plaats.engines, plaats.secrets, organisatie, nu))
    said = ", ".join(f"{done[what]} {what}" for what in ("gemaakt", "geweigerd", "mislukt", "later"))
    return Taakuitkomst(said, done["mislukt"])


#: in the order in which they run: what people wait for first
TAKEN: Final = (
    Taak("weekbericht", weekly(0, 7), _weekbericht),
    Taak("berichten", always, _berichten),
    Taak("overdracht", hourly, _overdracht),
    Taak("zegel", hourly, _zegel),
    Taak("onderhoud", hourly, _onderhoud),
    Taak("controleer", nightly(2), _controleer),
    Taak("verifieer", nightly(3), _verifieer),
    Taak("vernietigen", nightly(4), _vernietigen),
    Taak("webhooks", always, _webhooks),  # late: they wait for machines of others
    Taak("toetsopdrachten", always, _toetsopdrachten),  # last: each may take minutes
)
