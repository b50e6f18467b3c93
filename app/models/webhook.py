"""Where an organisatie is told that something asks for attention: an address of its own, and not who or what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Bezorgafloop


class Webhook(Base):
    """An address that gets a signed event for every message; it never changes.

    What signs the events is not in the database: it follows from the service's keys and the ``uid``.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        UniqueConstraint("organisatie_id", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "vastgelegd_door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_webhook_vastgelegd_door",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    adres: Mapped[str]
    vastgelegd_op: Mapped[datetime]
    vastgelegd_door: Mapped[int]


class WebhookEinde(Base):
    """The end of a webhook: from that moment on it gets nothing. There is no way back."""

    __tablename__ = "webhook_einde"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "webhook_id"],
            ["webhook.organisatie_id", "webhook.id"],
            name="fk_webhook_einde_webhook_id",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "door"],
            ["medewerker.organisatie_id", "medewerker.id"],
            name="fk_webhook_einde_door",
        ),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    webhook_id: Mapped[int] = mapped_column(unique=True)
    op: Mapped[datetime]
    door: Mapped[int]
    reden: Mapped[str]


class Gebeurtenis(Base):
    """That a webhook is told of one message; the ``uid`` is all that it hears. ``fout``: what went wrong last."""

    __tablename__ = "gebeurtenis"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organisatie_id", "bericht_id"],
            ["bericht.organisatie_id", "bericht.id"],
            name="fk_gebeurtenis_bericht_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["organisatie_id", "webhook_id"], ["webhook.organisatie_id", "webhook.id"], name="fk_gebeurtenis_webhook_id"
        ),
        UniqueConstraint("bericht_id", "webhook_id"),
        CheckConstraint("(afloop IS NULL) = (afgehandeld_op IS NULL)", name="afgehandeld"),
        CheckConstraint("pogingen >= 0", name="pogingen"),
        Index("ix_gebeurtenis_open", "organisatie_id", "volgende_op", postgresql_where=text("afloop IS NULL")),
        Index("ix_gebeurtenis_webhook_id", "webhook_id"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    bericht_id: Mapped[int]
    webhook_id: Mapped[int]
    pogingen: Mapped[int]
    volgende_op: Mapped[datetime]
    afgehandeld_op: Mapped[datetime | None]
    afloop: Mapped[Bezorgafloop | None] = mapped_column(code_list(Bezorgafloop, "afloop"))
    fout: Mapped[str | None]
