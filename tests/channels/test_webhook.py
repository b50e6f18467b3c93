"""A webhook is called at its own address alone: on the internet, by the certificate of its name, and nowhere inside."""

import json
import socket
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import pytest

from app.channels.webhook import Webhooks
from app.jobs.kanalen import webhooks_of
from app.security.secrets import Secrets, load_secrets
from app.services.berichten.afloop import NietBezorgd
from app.settings import Settings
from tests.jobs.conftest import NU
from tests.jobs.ontvanger import receiving

HAAK, KENMERK = (UUID(f"018f0000-0000-7000-8000-00000000000{n}") for n in (1, 2))
HERE = ip_network("127.0.0.0/8")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Secrets:
    return load_secrets(tmp_path_factory.mktemp("webhook") / "geheimen.json", create=True)


def resolved(*addresses: str, port: int = 443) -> Any:
    """Let every name mean these addresses."""
    found = [
        (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses
    ]
    return mock.patch.object(socket, "getaddrinfo", return_value=found)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.8", "::ffff:127.0.0.1",
        "ff02::1", "64:ff9b:1::1", "64:ff9b::a00:8", "2002:a00:8::1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", [(), ("93.184.215.14",)])
def test_what_lies_inside_is_not_called(secrets: Secrets, address: str, beside: tuple[str, ...]) -> None:
    """Nor a name that means an address inside as well as one outside."""
    with resolved(*beside, address), pytest.raises(NietBezorgd) as refused:
        Webhooks(secrets, "https://pz.test", "https://pz.test").call("https://ecd.example/", HAAK, KENMERK, NU)
    assert refused.value.fout == "adres"


def test_a_net_that_the_installation_names_is_called(secrets: Secrets) -> None:
    with receiving() as box:
        outside = Webhooks(secrets, "https://pz.test", "https://pz.test")
        with pytest.raises(NietBezorgd):
            outside.call(box.adres, HAAK, KENMERK, NU)
        assert box.got == []
        Webhooks(secrets, "https://pz.test", "https://pz.test", [HERE]).call(box.adres, HAAK, KENMERK, NU)
        assert [line for line, _, _ in box.got] == ["POST /haak HTTP/1.1"]
        assert box.got[0][1]["host"] == f"127.0.0.1:{box.port}"


@pytest.mark.parametrize(
    "adres", ["http://ecd.example/", "ftp://ecd.example/", "https://kim:geheim@ecd.example/", "https://", "ecd"]
)
def test_what_is_no_safe_address_is_given_up(secrets: Secrets, adres: str) -> None:
    with pytest.raises(NietBezorgd) as refused:
        Webhooks(secrets, "https://pz.test", "https://pz.test").call(adres, HAAK, KENMERK, NU)
    assert (refused.value.fout, refused.value.blijvend) == ("adres", True)


def test_a_name_is_looked_up_once_and_that_address_is_called(secrets: Secrets) -> None:
    """What a name means a moment later is not asked: the second answer could be inside."""
    with receiving() as box, resolved("127.0.0.1", port=box.port) as asked:
        webhooks = Webhooks(secrets, "https://pz.test", "https://pz.test", [HERE])
        webhooks.call(f"http://localhost:{box.port}/haak", HAAK, KENMERK, NU)
        assert [call.args[0] for call in asked.call_args_list] == ["localhost", "127.0.0.1"]  # then the number itself
        assert box.got[0][1]["host"] == f"localhost:{box.port}"


def test_the_certificate_must_be_of_the_name(secrets: Secrets) -> None:
    """A receiver that speaks no TLS, or another's, hears nothing: the handshake is for the name, not the number."""
    with receiving() as box:
        webhooks = Webhooks(secrets, "https://pz.test", "https://pz.test", [HERE])
        with pytest.raises(NietBezorgd) as refused:
            webhooks.call(f"https://localhost:{box.port}/haak", HAAK, KENMERK, NU)
        assert (refused.value.fout, refused.value.blijvend, box.got) == ("ConnectError", False, [])


def test_who_is_not_there_is_tried_again_and_a_name_that_is_none(secrets: Secrets) -> None:
    webhooks = Webhooks(secrets, "https://pz.test", "https://pz.test", [HERE])
    with pytest.raises(NietBezorgd) as refused:
        webhooks.call("http://127.0.0.1:1/", HAAK, KENMERK, NU)
    assert (refused.value.fout, refused.value.blijvend) == ("ConnectError", False)
    with mock.patch.object(socket, "getaddrinfo", side_effect=socket.gaierror), pytest.raises(NietBezorgd) as refused:
        webhooks.call("https://bestaat.invalid/", HAAK, KENMERK, NU)
    assert (refused.value.fout, refused.value.blijvend) == ("naam", False)


def test_the_source_is_the_number_of_the_organisatie_that_runs_it(secrets: Secrets, tmp_path: Path) -> None:
    named = Settings(data_dir=tmp_path, public_url="https://pz.test", oin="00000001823288444000")
    found = webhooks_of(named, secrets)
    assert isinstance(found, Webhooks)
    assert found.compose(KENMERK, NU)["source"] == "urn:nld:oin:00000001823288444000:systeem:pleegzicht"
    assert webhooks_of(Settings(data_dir=tmp_path), secrets) is None


def test_only_a_demo_calls_this_machine_unasked(secrets: Secrets, tmp_path: Path) -> None:
    for demo in (True, False):
        found = webhooks_of(Settings(data_dir=tmp_path, public_url="https://pz.test", demo=demo), secrets)
        assert isinstance(found, Webhooks)
        assert (HERE in found.netten) is demo


def test_the_body_is_small_json(secrets: Secrets) -> None:
    with receiving() as box:
        Webhooks(secrets, "https://pz.test", "https://pz.test", [HERE]).call(box.adres, HAAK, KENMERK, NU)
    body = json.loads(box.got[0][2])
    assert body.keys() == {"specversion", "id", "source", "type", "subject", "time", "dataref"}
    assert len(box.got[0][2]) < 1024
