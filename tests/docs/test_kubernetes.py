"""What is in ``deploy/kubernetes`` names files, settings and commands that exist, and no pod may more than it needs."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from app.settings import Settings
from tests.docs.test_deploy import compose, is_ours

_FOLDER = Path(__file__).parents[2] / "deploy/kubernetes"
_UID = 10001
_FOREIGN = {"PGPASSFILE", "FORWARDED_ALLOW_IPS"}  # of libpq and uvicorn


def kustomization() -> dict[str, Any]:
    return dict(yaml.safe_load((_FOLDER / "kustomization.yaml").read_text()))


def resources() -> list[dict[str, Any]]:
    files = kustomization()["resources"]
    return [one for name in files for one in yaml.safe_load_all((_FOLDER / name).read_text())]


def pods() -> dict[str, Any]:
    """Return name → what a pod is, of everything that runs."""
    return {
        one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in resources() if "template" in one["spec"]
    }


def containers() -> Iterator[dict[str, Any]]:
    for pod in pods().values():
        yield from (*pod["initContainers"], *pod["containers"])


def settings() -> dict[str, str]:
    (made,) = kustomization()["configMapGenerator"]
    assert {pod["containers"][0]["envFrom"][0]["configMapRef"]["name"] for pod in pods().values()} == {made["name"]}
    lines = [line for name in made["envs"] for line in (_FOLDER / name).read_text().splitlines()]
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_file_is_asked_for_and_every_file_that_is_asked_for_is_there() -> None:
    asked = {*kustomization()["resources"], "kustomization.yaml", "instellingen.env"}
    assert {path.name for path in _FOLDER.iterdir()} == asked


def test_the_settings_exist() -> None:
    assert settings().keys() - {f"PLEEGZICHT_{name.upper()}" for name in Settings.model_fields} == _FOREIGN


def test_no_setting_is_a_secret() -> None:
    """A database's address holds no password, and what is secret is the name of a file."""
    assert not re.search(r"//\w+:\w+@", " ".join(settings().values()))
    secret = [name for name in settings() if re.search("SECRET|WACHTWOORD|GEHEIM|PASS", name)]
    assert secret
    assert {settings()[name].rpartition("/")[0] for name in secret} == {"/etc/pleegzicht"}


def test_a_pod_runs_the_commands_of_the_containers_on_one_machine() -> None:
    for name, pod in pods().items():
        (container,) = pod["containers"]
        serves = {"127.0.0.1": "0.0.0.0"}  # noqa: S104 — in a pod of its own; a policy says who gets there
        asked = [serves.get(word, word) for word in compose()["services"][name]["command"]]
        assert container["command"] == asked
        for arguments in re.findall(r"pleegzicht ((?:[a-z]+(?: (?=[a-z]))?)+)", " ".join(asked)):
            is_ours(arguments.split())
    assert pods().keys() == {"dienst", "werk", "berichten", "migratie"}


def test_no_pod_may_more_than_it_needs() -> None:
    for pod in pods().values():
        who = pod["securityContext"]
        assert (who["runAsNonRoot"], who["runAsUser"], who["fsGroup"]) == (True, _UID, _UID)
        assert who["seccompProfile"] == {"type": "RuntimeDefault"}
        assert pod["automountServiceAccountToken"] is False
        assert not pod.keys() & {"hostNetwork", "hostPID", "hostIPC"}
    for container in containers():
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
        }  # fmt: skip
        assert {*container["resources"]} == {"requests", "limits"}
        assert "memory" in container["resources"]["limits"]


def test_a_pod_mounts_what_there_is_and_the_same_folders_as_the_settings_name() -> None:
    claims = {one["metadata"]["name"] for one in resources() if one["kind"] == "PersistentVolumeClaim"}
    folders = {value.rpartition("/")[0] if "." in value else value for value in settings().values() if value[0] == "/"}
    for pod in pods().values():
        there = {volume["name"] for volume in pod["volumes"]}
        asked = [mount for one in (*pod["initContainers"], *pod["containers"]) for mount in one["volumeMounts"]]
        assert {mount["name"] for mount in asked} == there
        assert {
            one["persistentVolumeClaim"]["claimName"] for one in pod["volumes"] if "persistentVolumeClaim" in one
        } == claims
        mounted = {mount["mountPath"] for mount in pod["containers"][0]["volumeMounts"]}
        assert {value for value in folders if value not in mounted} <= {"/etc/pleegzicht/pgpass"}


def test_who_is_asked_whether_it_lives_is_not_asked_for_the_database() -> None:
    (container,) = pods()["dienst"]["containers"]
    asked = {name: container[name]["httpGet"]["path"] for name in container if name.endswith("Probe")}
    assert asked == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}


def test_nobody_gets_in_but_who_is_named() -> None:
    policies = {one["metadata"]["name"]: one["spec"] for one in resources() if one["kind"] == "NetworkPolicy"}
    assert policies["niemand"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    rules = [rule for one in policies.values() for side in ("ingress", "egress") for rule in one.get(side, [])]
    assert rules
    assert all(rule.get("ports") and (rule.get("from") or rule.get("to")) for rule in rules)


def test_the_old_go_when_the_new_are_there() -> None:
    (dienst,) = [one for one in resources() if one["kind"] == "Deployment" and one["metadata"]["name"] == "dienst"]
    assert dienst["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    assert dienst["spec"]["replicas"] > 1


@pytest.mark.parametrize("kind", ["Service", "PodDisruptionBudget"])
def test_what_points_at_the_service_finds_it(kind: str) -> None:
    (found,) = [one["spec"]["selector"] for one in resources() if one["kind"] == kind]
    labels = {one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"] for one in resources()
              if one["kind"] == "Deployment"}  # fmt: skip
    assert found.get("matchLabels", found) == labels["dienst"]
