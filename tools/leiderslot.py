"""Does a node that stood still take back the lead that another took over? Asked of Patroni itself, on a running etcd.

The moment that matters, between reading who leads and saying that one still does, is too short for a drill to hit each
time that it lets a node stand still; here it is the only thing that happens, with a lock of its own (ADR 0038).
"""

import subprocess
from pathlib import Path

from tools.server import ROOT

#: the way to etcd of ``deploy/``, and the one by which Patroni 3.0 takes the lock of another
OURS, PLANTED = "etcd", "etcd3"
_PYTHON = "/usr/bin/python3"  # it has Patroni's modules


def way_of_deploy() -> str:
    """Return by which section of Patroni's configuration nodes are set up to talk with etcd."""
    lines = (ROOT / "deploy/patroni/patroni.yml").read_text().splitlines()
    return next(line.removesuffix(":") for line in lines if line in {f"{OURS}:", f"{PLANTED}:"})


def takes_lead_back(way: str, hosts: str) -> bool:
    """Tell whether who stood still until another led takes the lead back from it.

    Args:
        way: a section of Patroni's configuration.
        hosts: of etcd, as that section names them.
    """
    command = [_PYTHON, str(Path(__file__).with_name("met_patroni.py")), way, hosts]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=120)
    return done.stdout.split()[-1] == "ja"
