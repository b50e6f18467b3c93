"""What is made of an audit beside a request, made as the job makes it."""

from collections import Counter
from typing import Any, Final

from sqlalchemy import text

from app import clock
from app.jobs.toetsopdrachten import Makerij, make_orders
from tests.api.bodies import Json
from tests.api.client import Dienst, Gebruiker

ASYNC: Final = {"Prefer": "respond-async"}


def maker_of(dienst: Dienst, user: Gebruiker) -> Makerij:
    """Return what makes the orders of somebody's organisatie."""
    with dienst.owner.connect() as connection:
        uid = {"uid": user.read("/ik")["organisatie"]["id"]}
        key = connection.execute(text("SELECT id FROM organisatie WHERE uid = :uid"), uid).scalar_one()
    return Makerij(dienst.engines, dienst.secrets, int(key), clock.now())


def werk(dienst: Dienst, user: Gebruiker) -> Counter[str]:
    """Make what was asked, as the job does."""
    return make_orders(maker_of(dienst, user))


def make_file(dienst: Dienst, kwaliteit: Gebruiker, toets: str) -> str:
    """Order a file of an audit, let it be made, and return the id of the order."""
    asked = kwaliteit.post(f"/kwartaaltoetsen/{toets}/export", {"formaat": "json"})
    assert asked.status_code == 202, asked.text
    assert werk(dienst, kwaliteit)["gemaakt"]
    return str(asked.json()["id"])


def order_build(user: Gebruiker, **more: Any) -> Json:
    """Ask for an audit without waiting."""
    answer = user.ask("POST", "/kwartaaltoetsen", {"kwartaal": "2026-Q3", **more}, **ASYNC)
    assert answer.status_code == 202, answer.text
    assert answer.headers["preference-applied"] == "respond-async"
    assert answer.headers["location"] == f"/v1/toetsopdrachten/{answer.json()['id']}"
    return dict(answer.json())


def order_export(user: Gebruiker, toets: str, formaat: str = "csv", *, namen: bool = False) -> Json:
    """Ask for a file without waiting."""
    answer = user.post(f"/kwartaaltoetsen/{toets}/export", {"formaat": formaat, "namen": namen})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def read(user: Gebruiker, opdracht: Json) -> Json:
    """Return an order as it stands."""
    return dict(user.read(f"/toetsopdrachten/{opdracht['id']}"))
