"""Traces, as a collector of another make reads them: where the time goes, and never of whom."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import uuid4

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from starlette.testclient import TestClient

from app.db.engines import Engines
from app.db.replica import Replica
from app.main import create_app
from tests.api.client import Dienst
from tests.api.world import World
from tests.jobs.ontvanger import Ontvanger, receiving

_LIST, _ONE = "GET /v1/pleegkinderen", "GET /v1/pleegkinderen/{id}"


def _spans(box: Ontvanger) -> list[Span]:
    every = [ExportTraceServiceRequest.FromString(body) for _, _, body in box.got]
    scopes = [scope for one in every for resource in one.resource_spans for scope in resource.scope_spans]
    return [span for scope in scopes for span in scope.spans]


def _attributes(span: Span) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}


@contextmanager
def _traced(dienst: Dienst, adres: str, **more: object) -> Iterator[TestClient]:
    """Yield a client of the service, which ends with the block and has then told all it had to tell."""
    settings = dienst.api.state.settings.model_copy(update={"otlp_url": adres, **more})
    engines = Engines(settings)
    with mock.patch("app.main.Engines", return_value=engines), TestClient(create_app(settings)) as client:
        yield client
    engines.dispose()


def test_a_request_and_its_statements_are_one_trace_that_names_nobody(dienst: Dienst, world: World) -> None:
    headers, unknown = world["begeleider"].headers, str(uuid4())
    with receiving() as box, _traced(dienst, box.adres) as client:
        shown = client.get("/v1/pleegkinderen", headers=headers).json()["resultaten"]
        strange = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", **headers}
        answers = [client.get(f"/v1/pleegkinderen/{uid}", headers=strange) for uid in (shown[0]["id"], unknown)]
    spans = _spans(box)
    assert [one.status_code for one in answers] == [200, 404]
    requests = [span for span in spans if span.kind == Span.SPAN_KIND_SERVER]
    assert Counter(span.name for span in requests) == {_LIST: 1, _ONE: 2}
    assert sorted(_attributes(span)["http.response.status_code"] for span in requests) == [200, 200, 404]
    for request in requests:
        own = [span for span in spans if span.trace_id == request.trace_id and span is not request]
        assert not request.parent_span_id
        names, found = {span.name for span in own}, _attributes(request)["http.response.status_code"] == 200
        assert names - {"INSERT"} == ({"SELECT", "COMMIT"} if found else {"SELECT"})
        assert {span.parent_span_id for span in own} == {request.span_id}
        assert all(request.start_time_unix_nano <= span.start_time_unix_nano < span.end_time_unix_nano for span in own)
    people = {word for kind in shown for word in (kind["id"], kind["nummer"], kind["roepnaam"], kind["achternaam"])}
    told = b"".join(body for _, _, body in box.got)
    assert [word for word in {*people, unknown, *headers.values()} if word.encode() in told] == []


def test_what_everybody_asks_and_what_is_read_on_a_replica_is_told_too(
    dienst: Dienst, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = dienst.engine.url.render_as_string(hide_password=False)
    monkeypatch.setattr(Replica, "has", lambda *_: True)
    toets = world.files["eigen"]["kwartaaltoets"]
    with receiving() as box, _traced(dienst, box.adres, database_read_url=url) as client:
        assert client.get("/v1/open/kengetallen").status_code == 200
        path = f"/v1/kwartaaltoetsen/{toets}/export?formaat=csv"
        assert client.get(path, headers=world["kwaliteit"].headers).status_code == 200
    spans = _spans(box)
    selects = {
        request.name: sum(one.trace_id == request.trace_id and one.name == "SELECT" for one in spans)
        for request in spans
        if request.kind == Span.SPAN_KIND_SERVER
    }
    assert selects["GET /v1/open/kengetallen"] >= 1
    assert selects["GET /v1/kwartaaltoetsen/{id}/export"] > 4  # who asks and where the replica is take as many


def test_a_fault_is_told_without_what_it_said(dienst: Dienst, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "Quirijntje in een melding"
    monkeypatch.setattr("app.routers.api.pleegkinderen.list_pleegkinderen", _raising(RuntimeError(secret)))
    with receiving() as box, _traced(dienst, box.adres) as client:
        assert client.get("/v1/pleegkinderen", headers=world["begeleider"].headers).status_code == 500
    request = next(span for span in _spans(box) if span.kind == Span.SPAN_KIND_SERVER)
    assert (request.status.code, request.status.message, len(request.events)) == (2, "", 0)
    assert [body for _, _, body in box.got if secret.encode() in body] == []


def test_a_share_of_the_requests_is_told(dienst: Dienst, world: World) -> None:
    with receiving() as box, _traced(dienst, box.adres, otlp_deel=0.0) as client:
        assert client.get("/v1/pleegkinderen", headers=world["begeleider"].headers).status_code == 200
    assert box.got == []


def test_a_collector_that_is_gone_harms_nobody(dienst: Dienst, world: World) -> None:
    with receiving() as box:
        gone = box.adres
    with _traced(dienst, gone) as client:
        assert client.get("/v1/pleegkinderen", headers=world["begeleider"].headers).status_code == 200


def _raising(error: Exception) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
