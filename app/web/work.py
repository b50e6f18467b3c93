"""A route as one piece of work: all that it depends on and what it does, in order, on one thread.

FastAPI asks every dependency anew for each request, those of a dependency before it knows whether it has them, on the
event loop and each that waits on a thread of its own: a fifth of the processor time of a list. What a route depends on
is known when it is made, and so is the order. What a request gives is read before the work begins; when any of it is
not as it should be, nothing has begun, and FastAPI finds every fault and gathers them, as it does for all routes.
"""

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction, signature, unwrap
from typing import Any

from fastapi import Request, params
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from pydantic import BaseModel
from starlette.responses import Response

from app.db.sessions import PATIENCE, POOL_SIZE
from app.web.sessions import OPENED_BY
from app.web.threads import Threads, threads_of

_WITHOUT_A_SESSION = Threads("zonder", POOL_SIZE, PATIENCE)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Values = dict[str, Any]
#: reads of a request what one step wants; None: something in it is not as it should be
_Read = Callable[[Request], Values | None]
#: does one step, with what the request gave and the steps before it made; sessions end with the stack
_Do = Callable[[Request, Values, ExitStack], Any]
#: what FastAPI calls a field of a model or a parameter; it has no name that may be imported
_Field = Any


@dataclass(frozen=True, slots=True)
class _Step:
    """A dependency, or the endpoint.

    Attributes:
        reads: what it wants of the request itself.
        wants: of each of its arguments, the place of the step that makes it.
        request: the argument that is the request.
        do: makes what it is for.
    """

    reads: Sequence[_Read]
    wants: Sequence[tuple[str, int]]
    request: str | None
    do: _Do

    def given(self, request: Request) -> Values | None:
        """Return its arguments that the request gives, or None."""
        found: Values = {} if self.request is None else {self.request: request}
        for read in self.reads:
            values = read(request)
            if values is None:
                return None
            found |= values
        return found


class Work:
    """What a route does.

    Attributes:
        threads: that do it.
    """

    def __init__(self, steps: Sequence[_Step], threads: Threads) -> None:
        self._steps, self.threads = steps, threads

    @classmethod
    def of(cls, root: Dependant) -> "Work | None":
        """Return the work of a route, or None for one that only FastAPI knows how to do."""
        ordered = list(_in_order(root))
        places = {id(one.call): place for place, one in enumerate(ordered)}
        body = [field for one in ordered for field in one.body_params]
        if _is_coroutine(root.call) or not (_answers_itself(root.call) and _is_known_body(body)):
            return None
        if not all(map(_is_known, ordered)):
            return None
        named = [threads for one in reversed(ordered) if (threads := threads_of(one.call)) is not None]
        return cls([_step(one, places) for one in ordered], named[0] if named else _WITHOUT_A_SESSION)

    async def answer(self, request: Request) -> Response | None:
        """Return the answer, or None when the request is not as it should be."""
        if request.app.dependency_overrides:
            return None
        if request.method != "GET":
            await request.body()  # whatever it is: who works on a thread cannot wait for it
        given = self._given(request)
        if given is None:
            return None
        return await self.threads.run(self._do, request, given)

    def _given(self, request: Request) -> list[Values] | None:
        found = []
        for step in self._steps:
            values = step.given(request)
            if values is None:
                return None
            found.append(values)
        return found

    def _do(self, request: Request, given: Sequence[Values]) -> Response:
        made: list[Any] = []
        with ExitStack() as opened:
            for step, values in zip(self._steps, given, strict=True):
                for name, place in step.wants:
                    values[name] = made[place]
                made.append(step.do(request, values, opened))
        answer: Response = made[-1]
        return answer


def on_one_thread(root: Dependant, handle: Handler) -> Handler:
    """Return what does the work of a route at once where it can, and else lets FastAPI do it.

    Args:
        root: what the route depends on.
        handle: FastAPI's own handler of it.
    """
    work = Work.of(root)
    if work is None:
        return handle

    async def answered(request: Request) -> Response:
        answer = await work.answer(request)
        return await handle(request) if answer is None else answer

    return answered


def _in_order(root: Dependant, known: set[int] | None = None) -> Iterator[Dependant]:
    """Yield what something depends on, each once and before what needs it; itself last."""
    known = set() if known is None else known
    for below in root.dependencies:
        if id(below.call) not in known:
            yield from _in_order(below, known)
    known.add(id(root.call))
    yield root


def _answers_itself(endpoint: Any) -> bool:
    found = signature(endpoint).return_annotation
    return isinstance(found, type) and issubclass(found, Response)


def _is_known(one: Dependant) -> bool:
    """Tell whether there is nothing about a dependency that is left to FastAPI."""
    others = (one.websocket_param_name, one.http_connection_param_name, one.response_param_name)
    more = (one.background_tasks_param_name, one.security_scopes_param_name, one.concurrency, *one.cookie_params)
    is_plain = one.call in OPENED_BY or not _is_generator(one.call)
    return is_plain and one.use_cache and not any(others) and not any(more)


def _ways_of(call: Any) -> tuple[Any, Any]:
    """Return what is run when something is called, itself or by its class, behind what wraps it: as FastAPI looks."""
    return unwrap(call), unwrap(type(call).__call__)


def _is_coroutine(call: Any) -> bool:
    return any(map(iscoroutinefunction, _ways_of(call)))


def _is_generator(call: Any) -> bool:
    return any(isgeneratorfunction(way) or isasyncgenfunction(way) for way in _ways_of(call))


def _is_known_body(fields: Sequence[_Field]) -> bool:
    """Tell whether a route asks for no body, or for all of it in JSON."""
    kinds = [field.field_info for field in fields]
    return len(kinds) <= 1 and all(type(kind) is params.Body and not kind.embed for kind in kinds)


def _step(one: Dependant, places: Mapping[int, int]) -> _Step:
    wants = [(below.name, places[id(below.call)]) for below in one.dependencies if below.name is not None]
    return _Step(list(_reads(one)), wants, one.request_param_name, _doing(one.call))


def _doing(call: Any) -> _Do:
    if call in OPENED_BY:
        return lambda request, _values, opened: opened.enter_context(OPENED_BY[call](request))
    if _is_coroutine(call):
        return lambda _request, values, _opened: _at_once(call(**values))
    return lambda _request, values, _opened: call(**values)


def _at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine returns that waits for nothing: it is one to spare FastAPI a thread.

    Raises:
        RuntimeError: it waits, so its route cannot be done on one thread.
    """
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise RuntimeError("a dependency of this route waits for something")


def _reads(one: Dependant) -> Iterator[_Read]:
    models = [field for field in one.query_params if _model_of(field) is not None]
    others = [field for field in one.query_params if _model_of(field) is None]
    if one.path_params:
        yield lambda request: _checked(one.path_params, request.path_params)
    if others:
        yield lambda request: _checked(others, request.query_params)
    if one.header_params:
        yield lambda request: _checked(one.header_params, request.headers)
    yield from map(read_query, models)
    yield from map(_read_body, one.body_params)


def _checked(fields: Sequence[_Field], given: Any) -> Values | None:
    values, errors = request_params_to_args(fields, given)
    return None if errors else values


def _model_of(field: _Field) -> type[BaseModel] | None:
    """Return the model of a query, when each of its fields has one key: FastAPI asks of each field which it may be."""
    kind = field.field_info.annotation
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return None
    return kind if all(info.validation_alias in (None, info.alias) for info in kind.model_fields.values()) else None


def read_query(field: _Field) -> _Read:
    """Return what reads a whole query into its model; who repeats or adds a key is FastAPI's to tell what is wrong.

    Args:
        field: FastAPI's field of a parameter whose type is a model, each field of which has one key.
    """
    fields = field.field_info.annotation.model_fields
    lists = {info.alias or name: "list[" in str(info.annotation) for name, info in fields.items()}

    def read(request: Request) -> Values | None:
        found: Values = {}
        for key, value in request.query_params.multi_items() if request.scope["query_string"] else ():
            is_list = lists.get(key)
            if is_list is None or (key in found and not is_list):
                return None
            if is_list:
                found.setdefault(key, []).append(value)
            else:
                found[key] = value
        return _valid(field, found)

    return read


def _read_body(field: _Field) -> _Read:
    """Return what reads the body, which the door has parsed; FastAPI misses it when there is none."""

    def read(request: Request) -> Values | None:
        body = getattr(request, "_json", None)
        return None if body is None else _valid(field, body)

    return read


def _valid(field: _Field, value: object) -> Values | None:
    found, errors = field.validate(value)
    return None if errors else {field.name: found}
