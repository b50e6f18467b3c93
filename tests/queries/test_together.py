"""Several lists in one statement: each value comes back as what it was, and what nobody can read back is refused."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    DateTime,
    Enum,
    Interval,
    LargeBinary,
    String,
    Uuid,
    bindparam,
    cast,
    literal,
    null,
    select,
)
from sqlalchemy.orm import Session

from app.db.keyset import Key, KeysetQuery
from app.db.together import Together
from app.lib.ids import new_uid
from app.models import Organisatie
from app.terms import Rol

_UID, _NU = new_uid(), datetime.fromisoformat("2026-11-29T12:00:00.123456+00:00")
_ROL = Enum(Rol, native_enum=False, values_callable=lambda members: [one.value for one in members])
_VALUES = select(
    cast(literal(_UID, Uuid), Uuid).label("uid"),
    cast(literal(_NU, DateTime(timezone=True)), DateTime(timezone=True)).label("op"),
    cast(literal(date(2026, 2, 28), Date), Date).label("dag"),
    literal(Rol.BEHEERDER, _ROL).label("rol"),
    cast(["a", None], ARRAY(String)).label("woorden"),
    cast(literal(2**53 + 1, BigInteger), BigInteger).label("getal"),
    cast(null(), Date).label("nooit"),
    cast(literal(bytes(range(256)), LargeBinary), LargeBinary).label("bytes"),
    bindparam("woord", type_=String).label("woord"),
)
_EMPTY = KeysetQuery(select(Organisatie.code).where(Organisatie.code == "bestaat niet"), Key("code", Organisatie.code))


def test_values_come_back_as_they_were(session: Session) -> None:
    found = Together(alles=_VALUES, niets=_EMPTY).read(session, 10, {"woord": "Noë"})
    assert found == {
        "alles": [{
            "uid": _UID, "op": _NU, "dag": date(2026, 2, 28), "rol": Rol.BEHEERDER, "woorden": ["a", None],
            "getal": 2**53 + 1, "nooit": None, "bytes": bytes(range(256)), "woord": "Noë",
        }],
        "niets": [],
    }  # fmt: skip
    assert type(found["alles"][0]["rol"]) is Rol


def test_what_json_cannot_say_is_refused_when_it_is_built() -> None:
    with pytest.raises(TypeError):
        Together(lang=select(literal(timedelta(1), Interval).label("duur")))
