"""A row of every kind of which no workbook brings one."""

from datetime import date, timedelta
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.db import sessions
from app.db.namens import Namens, act_for
from app.lib.ids import new_uid
from app.models import (
    Account,
    Afwezigheid,
    AfwezigheidEinde,
    Agenda,
    Belnummer,
    Bericht,
    Bewaarblokkade,
    BewaarblokkadeOpheffing,
    Bezorging,
    Dossierlezing,
    EigenNorm,
    ExtraInzet,
    ExtraInzetStap,
    Feit,
    Gebeurtenis,
    Inzage,
    InzageAfloop,
    Kwartaaltoets,
    MandaatIntrekking,
    Medewerker,
    Meldcodestap,
    Noodtoegang,
    NormBeeindiging,
    Pleegkind,
    Ruisscore,
    Samenvoeging,
    SamenvoegingStap,
    Sessie,
    Signaal,
    Taakstand,
    Team,
    Teamwijziging,
    Toetsopdracht,
    Toezichtsmandaat,
    Uitstel,
    Vernietiging,
    VernietigingOordeel,
    VernietigingStap,
    Webhook,
    WebhookEinde,
)
from app.services.beheer.organisaties import create_organisatie
from app.services.feiten.versions import begin_recording, record_feit
from app.terms import (
    Bezorgafloop,
    InzageSoort,
    InzageUitkomst,
    NormCode,
    OrganisatieSoort,
    Rol,
    Ruiscode,
    Samenvoegingsstap,
    TeamwijzigingSoort,
    ToetsStatus,
    VeiligThuis,
    Vernietigingsgrond,
    Vernietigingsoordeel,
    Vernietigingsstap,
    Verzoeker,
    Zwaarte,
)
from app.terms import ExtraInzetStapSoort as Stap
from tests.models.weigeren import NU


def add_one_of_each(session: Session, organisatie_id: int) -> None:
    """Add a row of every kind that no workbook brings; the certificate, which the owner makes, apart."""
    session.add(norm := _eigen_norm(organisatie_id))
    session.flush()
    session.add(_norm_beeindiging(session, norm))
    session.add(_teamwijziging(session, organisatie_id))
    session.add(_belnummer(session, organisatie_id))
    _add_afwezigheid(session, organisatie_id)
    _add_ruis(session, organisatie_id)
    _add_extra_inzet(session, organisatie_id)
    _add_inzage(session, organisatie_id)
    _add_sessie(session, organisatie_id)
    _add_bericht(session, organisatie_id)
    _add_noodtoegang(session, organisatie_id)
    _add_vernietiging(session, organisatie_id)
    _add_samenvoeging(session, organisatie_id)


def add_certificate(engine: Engine, organisatie_id: int) -> None:
    """Add a certificate, which only the owner of the tables makes."""
    owner = sessions.make_engine(engine.url.render_as_string(hide_password=False), role=None)
    voorstel = select(Vernietiging.id).where(Vernietiging.organisatie_id == organisatie_id)
    with Session(owner) as session, session.begin():
        act_for(session, Namens(organisatie_id))
        own = {"organisatie_id": organisatie_id, "vernietiging_id": session.scalars(voorstel).one()}
        session.add(
            VernietigingStap(
                stap=Vernietigingsstap.VERZEGELD,
                op=NU,
                rijen={},
                wijzigingen={"ids": [], "sha256": ""},
                cijfertekst=b"x",
                **own,
            )
        )
    owner.dispose()


def _norm_beeindiging(session: Session, norm: EigenNorm) -> NormBeeindiging:
    door = select(Medewerker.feit_id).where(Medewerker.organisatie_id == norm.organisatie_id)
    return NormBeeindiging(
        organisatie_id=norm.organisatie_id, eigen_norm_id=norm.id, vanaf=date(2027, 2, 1), reden="klaar",
        vastgelegd_op=NU, vastgelegd_door=session.scalars(door).first(),
    )  # fmt: skip


def _teamwijziging(session: Session, organisatie_id: int) -> Teamwijziging:
    team = select(Team.id).where(Team.organisatie_id == organisatie_id)
    door = select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id)
    return Teamwijziging(
        organisatie_id=organisatie_id, team_id=session.scalars(team).first(), soort=TeamwijzigingSoort.SLUITING,
        van=date(2026, 11, 1), vastgelegd_op=NU, vastgelegd_door=session.scalars(door).first(),
    )  # fmt: skip


def _belnummer(session: Session, organisatie_id: int) -> Belnummer:
    team = select(Team.id).where(Team.organisatie_id == organisatie_id)
    door = select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id)
    return Belnummer(
        uid=uuid4(), organisatie_id=organisatie_id, team_id=session.scalars(team).first(), functie="Teamleider",
        telefoonnummer="0101234567", uren="dag en nacht", vastgelegd_op=NU,
        vastgelegd_door=session.scalars(door).first(),
    )  # fmt: skip


def _add_afwezigheid(session: Session, organisatie_id: int) -> None:
    """Add that somebody is absent, and back."""
    door = session.scalars(select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id)).first()
    recording = begin_recording(session, organisatie_id, NU, None)
    ander = record_feit(recording, Medewerker, {"naam": "Ander", "rol": Rol.PLEEGZORGBEGELEIDER})
    weg = Afwezigheid(
        uid=uuid4(), organisatie_id=organisatie_id, medewerker_id=door, vervanger_id=ander.feit_id,
        van=date(2026, 11, 1), vastgelegd_op=NU, vastgelegd_door=door,
    )  # fmt: skip
    session.add(weg)
    session.flush()
    session.add(
        AfwezigheidEinde(
            organisatie_id=organisatie_id, afwezigheid_id=weg.id, tot=date(2026, 11, 8), op=NU, door=door, reden="terug"
        )
    )


def _add_ruis(session: Session, organisatie_id: int) -> None:
    """Add the kinds of facts that no workbook has: a score, a step on the signaal, and a reading."""

    def first(model: type[Feit]) -> int:
        return session.scalars(select(model.feit_id).where(model.organisatie_id == organisatie_id)).first() or 0

    recording = begin_recording(session, organisatie_id, NU, None)
    door = {"medewerker_id": first(Medewerker)}
    score = {"code": Ruiscode.R09, "datum": date(2026, 11, 1), "geldt_tot": date(2027, 11, 1), "reden": "test"}
    record_feit(recording, Ruisscore, {"pleegkind_id": first(Pleegkind), **score, **door})
    step = {"stap": 1, "datum": date(2026, 11, 1), "toelichting": "test", "veilig_thuis": VeiligThuis.GEEN}
    record_feit(recording, Meldcodestap, {"signaal_id": first(Signaal), **step, **door})
    record_feit(recording, Dossierlezing, {"pleegkind_id": first(Pleegkind), "datum": date(2026, 11, 1), **door})
    later = {"norm": NormCode.MDO, "datum": date(2026, 11, 1), "tot": date(2026, 11, 8), "reden": "test"}
    record_feit(recording, Uitstel, {"pleegkind_id": first(Pleegkind), **later, **door})


def _add_extra_inzet(session: Session, organisatie_id: int) -> None:
    """Add an audit with the extra inzet that a case discussion may refer to."""
    toets = Kwartaaltoets(
        uid=new_uid(), organisatie_id=organisatie_id, kwartaal="2026-Q3", versie=1, status=ToetsStatus.CONCEPT,
        aangemaakt_op=NU, bekend_op=NU, volgorde=1, kop={}, kengetallen=[], rijen=0, digest="",
    )  # fmt: skip
    session.add(toets)
    session.flush()
    kind = select(Pleegkind.feit_id).where(Pleegkind.organisatie_id == organisatie_id)
    inzet = ExtraInzet(
        uid=new_uid(), organisatie_id=organisatie_id, toets_id=toets.id, pleegkind_id=session.scalars(kind).first(),
        criteria=["MDO"], uiterlijk=date(2026, 10, 28), aangemaakt_op=NU,
    )  # fmt: skip
    session.add(inzet)
    session.flush()
    stap = {"soort": Stap.OPENING, "eigenaar_rol": Rol.KWALITEITSMEDEWERKER}
    session.add(ExtraInzetStap(organisatie_id=organisatie_id, extra_inzet_id=inzet.id, nummer=1, op=NU, **stap))


def _add_inzage(session: Session, organisatie_id: int) -> None:
    """Add a mandate that was withdrawn, and a look under it."""
    code = f"I{uuid4().hex[:10]}".upper()
    inspectie = create_organisatie(session, code, f"Inspectie {code}", OrganisatieSoort.INSPECTIE)
    act_for(session, Namens(organisatie_id))
    wie = session.scalars(select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id)).first() or 0
    account = Account(organisatie_id=organisatie_id, medewerker_id=wie, issuer="https://test.example", subject=code)
    mandaat = Toezichtsmandaat(
        uid=new_uid(), organisatie_id=organisatie_id, inspectie_id=inspectie.id, doel="test", wettelijke_grond="test",
        van=date(2026, 11, 1), tot=date(2027, 11, 1), dossiertekst=False, gegeven_op=NU, gegeven_door=wie,
    )  # fmt: skip
    session.add_all([account, mandaat])
    session.flush()
    own = {"organisatie_id": organisatie_id, "mandaat_id": mandaat.id}
    inzage = Inzage(
        uid=new_uid(), account_id=account.id, medewerker=new_uid(), naam="Test", rol=Rol.INSPECTEUR, namens="Test",
        op=NU, soort=InzageSoort.LEZEN, handeling="GET /v1/test", doel="test", client="",
        verzoek_id="0", **own,
    )  # fmt: skip
    session.add_all([inzage, MandaatIntrekking(op=NU, door=wie, reden="test", **own)])
    session.flush()
    uitkomst = InzageUitkomst.GETOOND
    afloop = InzageAfloop(inzage_uid=inzage.uid, op=NU, uitkomst=uitkomst, noodtoegang=False)
    afloop.organisatie_id = organisatie_id
    session.add(afloop)


def _add_sessie(session: Session, organisatie_id: int) -> None:
    account = session.scalars(select(Account.id).where(Account.organisatie_id == organisatie_id)).first() or 0
    hashes = {"sleutel_hash": token_bytes(32), "aanmelding_hash": token_bytes(32)}
    moments = {"begonnen_op": NU, "gezien_op": NU, "eindigt_op": NU + timedelta(hours=8)}
    session.add(
        Agenda(
            uid=uuid4(), organisatie_id=organisatie_id, account_id=account, sleutel_hash=token_bytes(32),
            rol=Rol.TEAMLEIDER, sinds=NU,
        )
    )  # fmt: skip
    who = select(Account.medewerker_id).where(Account.id == account)
    session.add(
        Toetsopdracht(
            uid=new_uid(), organisatie_id=organisatie_id, medewerker_id=session.scalars(who).one(), account_id=account,
            soort="export", kwartaal="2026-Q3", toets_uid=new_uid(), formaat="csv", namen=False, client="",
            verzoek_id="", gevraagd_op=NU, pogingen=0, gedaan=0, totaal=0,
        )
    )  # fmt: skip
    session.add(Sessie(organisatie_id=organisatie_id, account_id=account, rol=Rol.TEAMLEIDER, **hashes, **moments))


def _add_bericht(session: Session, organisatie_id: int) -> None:
    """Add a message, to whom it went, and how the job stands that sent it."""
    who = session.scalars(select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id)).first()
    session.add(
        bericht := Bericht(
            organisatie_id=organisatie_id, reden="onveilig", feit_soort="veiligheidscheck", feit_uid=uuid4(),
            tijdvak="", vanaf=NU, aangemaakt_op=NU, afgehandeld_op=NU, afloop="geadresseerd",
        )
    )  # fmt: skip
    session.flush()
    session.add(
        Bezorging(
            organisatie_id=organisatie_id, bericht_id=bericht.id, medewerker_id=who, kanaal="mail", kenmerk=uuid4(),
            pogingen=1, volgende_op=NU, afgehandeld_op=NU, afloop="verstuurd",
        )
    )  # fmt: skip
    _add_webhook(session, bericht.id, who, organisatie_id)
    session.add(Taakstand(organisatie_id=organisatie_id, taak="proef", begonnen_op=NU, bevindingen=0, verslag=""))


def _add_webhook(session: Session, bericht: int, who: int | None, organisatie_id: int) -> None:
    """Add an address that was told of a message, and ended."""
    own: dict[str, Any] = {"organisatie_id": organisatie_id}
    webhook = Webhook(uid=uuid4(), adres="https://ecd.example", vastgelegd_op=NU, vastgelegd_door=who, **own)
    session.add(webhook)
    session.flush()
    told = Gebeurtenis(uid=uuid4(), bericht_id=bericht, webhook_id=webhook.id, pogingen=1, volgende_op=NU, **own)
    told.afgehandeld_op, told.afloop = NU, Bezorgafloop.VERSTUURD
    session.add_all([told, WebhookEinde(webhook_id=webhook.id, op=NU, door=who, reden="klaar", **own)])


def _add_noodtoegang(session: Session, organisatie_id: int) -> None:
    def first(model: type[Feit]) -> int:
        return session.scalars(select(model.id).where(model.organisatie_id == organisatie_id)).first() or 0

    own = {"organisatie_id": organisatie_id, "pleegkind_id": first(Pleegkind), "medewerker_id": first(Medewerker)}
    moments = {"geopend_op": NU, "geldig_tot": NU + timedelta(hours=24)}
    session.add(Noodtoegang(uid=new_uid(), rol=Rol.PLEEGZORGBEGELEIDER, reden="test", **own, **moments))


def _add_vernietiging(session: Session, organisatie_id: int) -> None:
    """Add a lifted hold, and a request that two people approved."""
    kind = session.scalars(select(Pleegkind).where(Pleegkind.organisatie_id == organisatie_id)).first()
    assert kind is not None
    own: dict[str, Any] = {"organisatie_id": organisatie_id}
    recording = begin_recording(session, organisatie_id, NU, None)
    wie = [record_feit(recording, Medewerker, {"naam": naam, "rol": Rol.BEHEERDER}).feit_id for naam in ("Een", "Twee")]
    hold = Bewaarblokkade(
        uid=new_uid(), pleegkind_id=kind.feit_id, reden="test", gesteld_op=NU, gesteld_door=wie[0], **own
    )
    voorstel = Vernietiging(
        uid=new_uid(), pleegkind_id=kind.feit_id, pleegkind_uid=kind.uid, pleegkind_nummer=kind.nummer,
        grond=Vernietigingsgrond.VERZOEK,
        verzoeker=Verzoeker.KIND, ontvangen_op=date(2026, 11, 1), antwoord_uiterlijk=date(2027, 2, 1),
        einde_zorg=date(2026, 1, 1), laatste_wijziging=date(2026, 1, 1), toelichting="test", voorgesteld_op=NU,
        voorgesteld_door=wie[0], **own,
    )  # fmt: skip
    session.add_all([hold, voorstel])
    session.flush()
    session.add(BewaarblokkadeOpheffing(blokkade_id=hold.id, op=NU, door=wie[0], reden="test", **own))
    goed = Vernietigingsoordeel.GOEDGEKEURD
    session.add_all(
        VernietigingOordeel(vernietiging_id=voorstel.id, oordeel=goed, toelichting="ja", op=NU, door=een, **own)
        for een in wie
    )


def _add_samenvoeging(session: Session, organisatie_id: int) -> None:
    """Add a proposal to make one file of two, approved and undone."""
    own: dict[str, Any] = {"organisatie_id": organisatie_id}
    kind = session.scalars(select(Pleegkind).where(Pleegkind.organisatie_id == organisatie_id)).first()
    door = session.scalars(select(Medewerker.feit_id).where(Medewerker.organisatie_id == organisatie_id)).first()
    assert kind is not None
    assert door is not None
    voorstel = Samenvoeging(
        uid=new_uid(), pleegkind_id=kind.feit_id, pleegkind_uid=kind.uid, ander_id=kind.feit_id + 1,
        ander_uid=new_uid(), ander_nummer="K2", reden="test", voorgesteld_op=NU, voorgesteld_door=door, **own,
    )  # fmt: skip
    session.add(voorstel)
    session.flush()
    for stap in Samenvoegingsstap:
        reden = "toch niet" if stap is Samenvoegingsstap.HERSTELD else None
        session.add(SamenvoegingStap(samenvoeging_id=voorstel.id, stap=stap, op=NU, door=door, reden=reden, **own))


def _eigen_norm(organisatie_id: int) -> EigenNorm:
    return EigenNorm(
        uid=new_uid(),
        organisatie_id=organisatie_id,
        code=NormCode.KAG_R,
        versie=2,
        geldig_van=date(2027, 1, 1),
        zwaarte=Zwaarte.NORM,
        waarschuwing_dagen=30,
        parameters={"maanden": 3},
        toelichting="strenger",
        vastgelegd_op=NU,
    )
