import pytest

from bench.asgi import Answer
from bench.pages import links_in, page_of, patterns_of_pages


@pytest.mark.parametrize(
    ("target", "pad"),
    [
        ("/kinderen?limit=1", "/kinderen"),
        ("/kinderen/0198", "/kinderen/{id}"),
        ("/kinderen/0198/bezoek", "/kinderen/{id}/bezoek"),
        ("/import/voortgang", "/import/voortgang"),
        ("/v1/pleegkinderen", None),
        ("/kwartaaltoetsen/1/export?formaat=pdf", None),
        ("/livez", None),
    ],
)
def test_an_address_is_of_one_page(target: str, pad: str | None) -> None:
    assert page_of(target, patterns_of_pages()) == pad


def test_links_are_followed_and_where_an_answer_sends_to_and_nothing_outside() -> None:
    body = b'<a class="x" href="/kinderen?a=1&amp;b=2">k</a><a href="https://elders.nl/">e</a><a href="#b">b</a>'
    assert list(links_in(Answer(303, body, {"location": "/team"}))) == ["/team", "/kinderen?a=1&b=2"]
