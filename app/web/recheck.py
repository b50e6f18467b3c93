"""Lists read stored judgements; of one in a hundred the children are judged again once the answer has left."""

from collections.abc import Iterable
from itertools import count

from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.services.beheer.controle import report_drift

EVERY = 100  # lists
_lists = count(1)


def recheck_sometimes(answer: Response, session: Session, actor: Actor, kinderen: Iterable[int]) -> Response:
    """Return the answer of a list about the children, with the task of judging them again when it is its turn.

    The task reads on a session of its own: that of the request has ended by then.
    """
    if next(_lists) % EVERY == 0:
        engine = session.get_bind().engine
        answer.background = BackgroundTask(report_drift, engine, actor.organisatie_id, set(kinderen), clock.today())
    return answer
