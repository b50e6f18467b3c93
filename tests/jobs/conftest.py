"""A demo that lives in November 2026, a real mail server, and what jobs work with."""

import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.engines import Engines
from app.db.namens import Namens, act_for
from app.jobs.kanalen import channels_of, webhooks_of
from app.jobs.taken import Werkplaats
from app.models import Account, Begeleiding, Feit, Plaatsing
from app.models.versions import holds
from app.security.secrets import Secrets, load_secrets
from app.security.zegel import Zegelsleutel
from app.services.beheer.organisaties import find_organisatie
from app.services.berichten.afloop import Postverslag
from app.services.berichten.bezorgen import Bezorgronde
from app.services.berichten.gebeurtenissen import Gebeurtenispost
from app.services.demo.load import load_demo
from app.services.feiten.versions import begin_recording, record_feit, replace_feit
from app.services.zegels.maken import zegelplaats_of
from app.settings import Settings
from tests import database

#: a Wednesday, in the second catalogue
VANDAAG = date(2026, 11, 25)
NU = datetime(2026, 11, 25, 10, tzinfo=UTC)
#: a second later: each recording is a little after the one before
STRAKS = NU + timedelta(seconds=1)


@dataclass
class Postbus:
    """What the mail server took, and what it answers to the next ones instead; for whom it breaks off."""

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refuse: str = ""
    breaks: str = ""

    async def handle_RCPT(  # noqa: N802 — the name that aiosmtpd calls
        self, _server: SMTP, _session: SmtpSession, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802 — as above
        assert isinstance(envelope.content, bytes)
        if self.breaks and any(address.startswith(self.breaks) for address in envelope.rcpt_tos):
            assert server.transport is not None
            server.transport.close()
            return "250 OK"
        mail = BytesParser(policy=email.policy.default).parsebytes(envelope.content)
        assert isinstance(mail, EmailMessage)
        self.taken += [(address, mail) for address in envelope.rcpt_tos]
        return "250 OK"

    @property
    def who(self) -> list[str]:
        """To whom something went, sorted, the part before the @."""
        return sorted(address.partition("@")[0] for address, _ in self.taken)


@dataclass(frozen=True)
class Wereld:
    """The demo, and what can be done in it.

    Attributes:
        plaats: what jobs work with.
        organisatie_id: of DEMO.
        post: the mail server's box.
        secrets: of the installation.
    """

    plaats: Werkplaats
    organisatie_id: int
    post: Postbus
    secrets: Secrets

    def session(self) -> Session:
        session = Session(self.plaats.engines.work, expire_on_commit=False)
        act_for(session, Namens(self.organisatie_id))
        return session

    def record(self, model: type[Feit], nu: datetime = NU, **values: Any) -> Any:
        """Record a fact, and commit."""
        with self.session() as session:
            feit = record_feit(begin_recording(session, self.organisatie_id, nu, None), model, values)
            session.commit()
        return feit

    def correct(self, feit: Any, nu: datetime = NU, *, withdraw: bool = False, **changes: Any) -> Any:
        """Correct or withdraw a fact, and commit."""
        with self.session() as session:
            recording = begin_recording(session, self.organisatie_id, nu, None)
            new = replace_feit(recording, feit, changes, reden="test", withdraw=withdraw)
            session.commit()
        return new

    def medewerker(self, gebruiker: str) -> int:
        """Return the feit_id of a demo user."""
        with self.session() as session:
            return session.scalars(select(Account.medewerker_id).where(Account.subject == gebruiker)).one()

    def plaatsing_of(self, gebruiker: str, place: int = 0) -> Plaatsing:
        """Return a plaatsing that a demo user guides today."""
        guides = (
            select(Plaatsing)
            .join(Begeleiding, Begeleiding.plaatsing_id == Plaatsing.feit_id)
            .join(Account, Account.medewerker_id == Begeleiding.medewerker_id)
            .where(
                Account.subject == gebruiker, holds(Plaatsing), holds(Begeleiding), Plaatsing.van <= VANDAAG,
                Begeleiding.van <= VANDAAG, Begeleiding.tot.is_(None), Plaatsing.tot.is_(None),
            )
            .order_by(Plaatsing.id)
        )  # fmt: skip
        with self.session() as session:
            return session.scalars(guides).all()[place]

    def begeleiding_of(self, plaatsing: Plaatsing) -> Begeleiding:
        with self.session() as session:
            of = select(Begeleiding).where(Begeleiding.plaatsing_id == plaatsing.feit_id, holds(Begeleiding))
            return session.scalars(of.where(Begeleiding.tot.is_(None))).one()

    def deliver(self, nu: datetime = STRAKS) -> Postverslag:
        """Deliver what is due."""
        post = Bezorgronde(self.plaats.engines.work, self.organisatie_id, self.plaats.kanalen, "https://pz.test/")
        return post.deliver(nu)

    def tell(self, nu: datetime = STRAKS) -> Postverslag:
        """Tell the webhooks what they have not heard."""
        assert self.plaats.aanroeper is not None
        return Gebeurtenispost(self.plaats.engines.work, self.organisatie_id, self.plaats.aanroeper).deliver(nu)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def smtp() -> Iterator[tuple[Controller, Postbus]]:
    box = Postbus()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller, box
    controller.stop()


@pytest.fixture(scope="module")
def demo(
    smtp: tuple[Controller, Postbus], tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Wereld]:
    folder: Path = tmp_path_factory.mktemp("werk")
    sleutels = load_secrets(folder / "geheimen.json", create=True)
    controller, box = smtp
    settings = Settings(
        database_url=database.create_migrated(f"pleegzicht_werk_{worker_id}"),
        data_dir=folder,
        smtp_host="127.0.0.1",
        smtp_port=controller.port,
        smtp_beveiliging="geen",  # type: ignore[arg-type] # as the environment says it
        mail_afzender="pleegzicht@aanbieder.test",
        public_url="https://pz.test",
        webhook_netten="127.0.0.0/8",  # type: ignore[arg-type] # as the environment says it
    )
    engines = Engines(settings)
    load_demo(engines.work, "klein", seed=1, today=VANDAAG, now=NU, secrets=sleutels)
    zegels, aanroeper = zegelplaats_of(settings, Zegelsleutel(sleutels)), webhooks_of(settings, sleutels)
    plaats = Werkplaats(settings, engines, zegels, sleutels, channels_of(settings), aanroeper)
    with Session(engines.work) as session:
        found = find_organisatie(session, "DEMO")
        assert found is not None
        key = found.id
    yield Wereld(plaats, key, box, sleutels)
    engines.dispose()


@pytest.fixture
def wereld(demo: Wereld) -> Wereld:
    """Return the demo with an empty outbox and an empty box."""
    owner = demo.plaats.engines.owner()
    with owner.begin() as connection:
        connection.exec_driver_sql("DELETE FROM bezorging")
        connection.exec_driver_sql("DELETE FROM gebeurtenis")
        connection.exec_driver_sql("DELETE FROM bericht")
        connection.exec_driver_sql("DELETE FROM taakstand")
    owner.dispose()
    demo.post.taken.clear()
    demo.post.refuse = demo.post.breaks = ""
    return demo


def secret_words(wereld: Wereld) -> set[str]:
    """Return every name, each part of one, number and id of anybody in the demo, and every address."""
    owner = wereld.plaats.engines.owner()
    with owner.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT roepnaam, achternaam, nummer, uid::text FROM pleegkind "
            "UNION SELECT naam, nummer, uid::text, '' FROM medewerker "
            "UNION SELECT naam, nummer, uid::text, '' FROM gezinslid "
            "UNION SELECT naam, nummer, uid::text, coalesce(gemeente, '') FROM pleeggezin "
            "UNION SELECT naam, code, uid::text, '' FROM organisatie"
        ).all()
        people = connection.exec_driver_sql("SELECT naam FROM medewerker UNION SELECT naam FROM gezinslid").scalars()
        parts = {part for naam in people for part in naam.split() if len(part) > 3 and part != part.lower()}
        addresses = set(connection.exec_driver_sql("SELECT email FROM medewerker WHERE email IS NOT NULL").scalars())
    owner.dispose()
    return {word for row in rows for word in row if word} | parts | addresses
