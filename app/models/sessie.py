"""The sessions of the pages: who is signed in with which browser. The API has none; it takes tokens."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, code_list
from app.terms import Rol


class Sessie(Base):
    """One signed-in browser; found by the SHA-256 of what its cookie holds, which is stored nowhere.

    ``aanmelding_hash`` is of the sign-in that made it: unique, so that one sign-in makes one session. ``rol`` is the
    one that the token named, where the settings ask for one: never the rol itself, which is read at each request.
    """

    __tablename__ = "sessie"
    __table_args__ = (
        CheckConstraint("eindigt_op > begonnen_op", name="eindigt_na_begin"),
        CheckConstraint("octet_length(sleutel_hash) = 32 AND octet_length(aanmelding_hash) = 32", name="hashes"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    sleutel_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    aanmelding_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    rol: Mapped[Rol | None] = mapped_column(code_list(Rol, "rol"))
    begonnen_op: Mapped[datetime]
    gezien_op: Mapped[datetime]
    eindigt_op: Mapped[datetime]
    beeindigd_op: Mapped[datetime | None]
