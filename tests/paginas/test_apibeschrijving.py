"""The API to read, in the demo: every operation of the document, with its fields, on a page without scripts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from unittest import mock

from app.web.openapi import PREFIX, describe
from tests.api.client import Dienst
from tests.paginas.conftest import Bladeraar


def read(dienst: Dienst, path: str) -> str:
    """Return a page; the words that a page on children never says are names of fields here."""
    answer = dienst.client.request("GET", path, content=None, headers=[("Accept", "text/html")])
    assert answer.status_code == 200, answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    return str(answer.text)


@contextmanager
def as_demo(dienst: Dienst, *, demo: bool) -> Iterator[None]:
    """Let the service be one for looking around, or one that people work with."""
    state = dienst.api.state
    with mock.patch.object(state, "settings", state.settings.model_copy(update={"demo": demo})):
        yield


def test_every_operation_can_be_read_in_the_demo(dienst: Dienst) -> None:
    with as_demo(dienst, demo=True):
        document, index = describe(dienst.api), read(dienst, "/api")
        operations = [(path, way, one) for path, item in document["paths"].items() for way, one in item.items()]
        pages = {tag: read(dienst, f"/api/{tag}") for tag in {one["tags"][0] for _, _, one in operations}}
        for path, way, one in operations:
            text = unescape(pages[one["tags"][0]])
            assert f"<code>{way.upper()} {PREFIX}{path}</code>" in text, path
            assert one["summary"] in text
            assert one["description"] in text
            assert all(f"<code>{given['name']}</code>" in text for given in one.get("parameters", ())), path
        targets = re.findall(r'href="/api/([a-z-]+)#([a-z0-9-]+)"', index)
        assert len(targets) == len(operations)
        assert all(f'id="{anchor}"' in pages[tag] for tag, anchor in targets)
        assert "<code>plaatsingId</code>" in pages["bezoeken"]
        assert ">dag, altijd<" in pages["bezoeken"]
        assert Bladeraar(dienst, "x" * 43).get("/api/nergens").status_code == 404


def test_elsewhere_there_is_only_the_document(dienst: Dienst) -> None:
    nobody = Bladeraar(dienst, "x" * 43)
    with as_demo(dienst, demo=False):
        assert nobody.get("/api").status_code == nobody.get("/api/bezoeken").status_code == 404
