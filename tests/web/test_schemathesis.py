"""Schemathesis over the test application: no 5xx, and no answer, header or media type that is not documented."""

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from app.terms import Rol
from app.web.openapi import describe
from tests.web import proefapp
from tests.web.conftest import NewUser

# positive_data_acceptance is left out: a stale If-Match or a key used twice is refused although the schema allows it
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, missing_required_header, unsupported_method, ignored_auth,
)  # fmt: skip


@pytest.fixture(scope="module")
def headers(new_user: NewUser) -> dict[str, str]:
    return new_user(Rol.TEAMLEIDER).headers


@pytest.fixture(scope="module")
def web_schema(api: FastAPI) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/v1/openapi.json", proefapp.wrap(api))


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_what_is_answered_is_documented(web_schema: BaseSchema, headers: dict[str, str], mode: GenerationMode) -> None:
    for found in web_schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=10, suppress_health_check=list(HealthCheck))
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(checks=list(CHECKS), headers=headers)

        try:
            check()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE  # nothing of this operation can be made invalid


def test_an_undocumented_answer_is_found(api: FastAPI, headers: dict[str, str]) -> None:
    """The planted fault: the 404 of a thing that does not exist, taken out of the document."""
    document = describe(api)
    del document["paths"]["/dingen/{id}"]["get"]["responses"]["404"]
    broken = schemathesis.openapi.from_dict(document)
    broken.app = proefapp.wrap(api)
    case = broken["/dingen/{id}"]["GET"].Case(path_parameters={"id": "00000000-0000-7000-8000-000000000000"})
    with pytest.raises(BaseException, match="Undocumented status code"):
        case.call_and_validate(checks=list(CHECKS), headers=headers)
