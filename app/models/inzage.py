"""The access log (NEN 7513): who looked at whose files and why. The intent comes before the data, the outcome after.

Both tables are partitioned by the month of ``op``, and only ever added to; migration 0008 says how.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, PrimaryKeyConstraint, Uuid, text
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from app.models.base import Base, code_list
from app.terms import InzageSoort, InzageUitkomst, Rol

_BY_MONTH = {"postgresql_partition_by": "RANGE (op)"}


#: the nil UUID, in place of a medewerker where nobody signed in
NIEMAND = UUID(int=0)


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id: by it a seal tells which rows can no longer be joined by earlier ones."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the type's name."""
        return "XID8"


ischema_names["xid8"] = Xid8  # so that comparing the schema with these models knows it too


class Inzage(Base):
    """An intent to look at files of ``organisatie_id``, committed before anything is read.

    ``naam``, ``rol`` and ``namens`` are those of that moment: who looked stays readable when people move on.
    When nobody signed in (a command, by a user of the operating system) there is no account, and ``medewerker`` is
    ``NIEMAND``.
    ``handeling`` is method and route; ``onderwerp`` the id in its path; ``doel`` why, from the rol or the mandate.
    """

    __tablename__ = "inzage"
    __table_args__ = (
        PrimaryKeyConstraint("op", "id"),
        ForeignKeyConstraint(
            ["organisatie_id", "mandaat_id"],
            ["toezichtsmandaat.organisatie_id", "toezichtsmandaat.id"],
            name="fk_inzage_mandaat_id",
        ),
        CheckConstraint(
            f"(account_id IS NULL) = (medewerker = '{NIEMAND}')",
            name="aangemeld_of_opdracht",
        ),
        Index("ix_inzage_organisatie_id_op", "organisatie_id", "op", "uid"),
        Index("ix_inzage_account_id_op", "account_id", "op", "uid"),
        Index("ix_inzage_organisatie_id_xid", "organisatie_id", "xid"),
        _BY_MONTH,
    )

    id: Mapped[int] = mapped_column(server_default=text("nextval('inzage_volgorde')"))
    uid: Mapped[UUID]
    organisatie_id: Mapped[int]
    mandaat_id: Mapped[int | None]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    medewerker: Mapped[UUID]
    naam: Mapped[str]
    rol: Mapped[Rol] = mapped_column(code_list(Rol, "rol"))
    namens: Mapped[str]
    op: Mapped[datetime]
    soort: Mapped[InzageSoort] = mapped_column(code_list(InzageSoort, "soort"))
    handeling: Mapped[str]
    onderwerp: Mapped[UUID | None]
    doel: Mapped[str]
    client: Mapped[str]
    verzoek_id: Mapped[str]
    xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))


class InzageAfloop(Base):
    """How a look ended, written before its answer leaves; without one nothing was shown.

    ``pleegkinderen``: the uids of the children in the answer; NULL for what is about no single child.
    ``noodtoegang``: a file in it was to be had only because somebody had opened it with a reason.
    """

    __tablename__ = "inzage_afloop"
    __table_args__ = (
        PrimaryKeyConstraint("op", "id"),
        Index("ix_inzage_afloop_inzage_uid", "inzage_uid"),
        Index("ix_inzage_afloop_organisatie_id_xid", "organisatie_id", "xid"),
        _BY_MONTH,
    )

    id: Mapped[int] = mapped_column(server_default=text("nextval('inzage_afloop_volgorde')"))
    organisatie_id: Mapped[int]
    inzage_uid: Mapped[UUID]
    op: Mapped[datetime]
    uitkomst: Mapped[InzageUitkomst] = mapped_column(code_list(InzageUitkomst, "uitkomst"))
    noodtoegang: Mapped[bool]
    pleegkinderen: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
