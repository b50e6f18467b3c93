"""The calendar feed of somebody who guides children: which key opens it, until it is taken back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Rol


class Agenda(Base):
    """One feed of an account, off until it is asked for; found by the SHA-256 of its key, which is stored nowhere.

    ``rol``: in which somebody acted who asked for it; never more than they may by now.
    """

    __tablename__ = "agenda"
    __table_args__ = (
        CheckConstraint("octet_length(sleutel_hash) = 32", name="hash"),
        Index("uq_agenda_account_id_open", "account_id", unique=True, postgresql_where=text("ingetrokken_op IS NULL")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    sleutel_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    rol: Mapped[Rol] = mapped_column(code_list(Rol, "rol"))
    sinds: Mapped[datetime]
    ingetrokken_op: Mapped[datetime | None]
