"""Lists read stored judgements; of one in a hundred the children are judged again once the answer has left."""

from collections.abc import Iterable
from itertools import count

from starlette.background import BackgroundTask
from starlette.responses import Response

from app import clock
from app.access.actor import Actor
from app.db import app_engine
from app.services.controle import report_drift

EVERY = 100
_lists = count(1)


def recheck_sometimes(answer: Response, actor: Actor, kinderen: Iterable[int]) -> Response:
    """Return the answer of a list about the children, with the task of judging them again when it is its turn."""
    if next(_lists) % EVERY == 0:
        answer.background = BackgroundTask(
            report_drift, app_engine(), actor.organisatie_id, set(kinderen), clock.today()
        )
    return answer
