"""``make drills``: every drill, one after the other, and what each found in one table (``.reports/drills.txt``).

A drill that fails does not stop the next. It went well when it ended so, said its figures, and saw every fault that it
planted. ``--met tests`` also does whole what the suite does a choice of; ``--alleen cluster
storing`` does those alone.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools.geplant import count_planted
from tools.server import ROOT

REPORT = ROOT / ".reports/drills.txt"
_LONGEST = 3600.0  # seconds that one drill may take
_END = 60.0  # seconds in which it may clean up then
_CANNOT = "De drill kan hier niet"


@dataclass(frozen=True, slots=True)
class Drill:
    """One of them.

    Attributes:
        naam: for who reads the table.
        doel: of the Makefile.
        cijfers: what a line that says figures looks like.
        args: when it is done whole.
    """

    naam: str
    doel: str
    cijfers: str
    args: str = ""


DRILLS: Sequence[Drill] = (
    Drill("tokens", "drill-tokens", r"aanvallen, \d+ fout"),
    Drill("beleid", "drill-beleid", r"mutanten gedood|\d+ passed"),
    Drill("aanval", "drill-aanval", r"aanvallen, \d+ zoals|^zonder aanval"),
    Drill("spoor", "drill-spoor", r"keer gedood|^geleverd"),
    Drill("herstel", "drill-herstel", r"bevestigd voor het moment|antwoorden anders|duurde"),
    Drill("terug", "drill-terug", r"bevestigd voor het moment|teruggaan duurde"),
    Drill(
        "cluster", "drill-cluster", r"gebeurtenissen, |^langste|^503|^antwoorden afgebroken",
        "--gebeurtenissen 25 --bevestigd 10000",
    ),
    Drill("storing", "drill-storing", r"^bevestigd|storingen, |niet in volgorde"),
    Drill("capaciteit", "drill-capaciteit", r"werker\(s\): |deze machine draagt"),
    Drill("alarmen", "alarmen", r"\d+ alarmen"),
    Drill("tests", "drill-tests", r"mutanten gedood|\d+ passed"),
)  # fmt: skip
#: what is only done when it is asked for
ASIDE = ("tests",)


@dataclass(frozen=True, slots=True)
class Uitslag:
    """What came of one drill.

    Attributes:
        drill: which.
        seconden: it took.
        gezegd: all that it said.
        einde: its exit code; None: it took too long.
    """

    drill: Drill
    seconden: float
    gezegd: str
    einde: int | None

    @property
    def cijfers(self) -> str:
        """Its lines with figures."""
        lines = (line.strip(" =") for line in self.gezegd.splitlines())
        return "; ".join(line for line in lines if re.search(self.drill.cijfers, line))

    @property
    def geplant(self) -> tuple[int, int]:
        """How many faults it saw, of how many it planted."""
        return count_planted(self.gezegd)

    @property
    def uitkomst(self) -> str:
        """How it went, in a word or two."""
        seen, planted = self.geplant
        wrong = (
            (self.einde is None, "FOUT: te lang"),
            (_CANNOT in self.gezegd, "FOUT: kan hier niet"),
            (self.einde != 0, "FOUT"),
            (not self.cijfers, "FOUT: geen cijfers"),
            (not planted, "FOUT: niets geplant"),
            (seen != planted, "FOUT: niet alles gezien"),
        )
        return next((word for is_so, word in wrong if is_so), "goed")


def run(drill: Drill, command: Sequence[str]) -> Uitslag:
    """Do one; what it says is kept, and shown when it does not go well."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return Uitslag(drill, time.monotonic() - began, _end(process), None)
    return Uitslag(drill, time.monotonic() - began, said, process.returncode)


def _end(process: "subprocess.Popen[str]") -> str:
    """End what takes too long, with all that it started; return what it said."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        return process.communicate(timeout=_END)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.communicate()[0]


def table(uitslagen: Sequence[Uitslag]) -> str:
    """Return what every drill found."""
    rows = [("drill", "seconden", "geplant", "uitkomst", "cijfers")]
    for one in uitslagen:
        seen, planted = one.geplant
        rows.append((one.drill.naam, f"{one.seconden:.0f}", f"{seen}/{planted}", one.uitkomst, one.cijfers))
    wide = [max(len(row[place]) for row in rows) for place in range(4)]
    return "\n".join(
        "  ".join([*(word.ljust(width) for word, width in zip(row[:4], wide, strict=True)), row[4]]).rstrip()
        for row in rows
    )


def main() -> int:
    """Do them; 1 when one of them did not go well."""
    names = [one.naam for one in DRILLS]
    parser = argparse.ArgumentParser(description="Alle drills, en een tabel.")
    parser.add_argument("--alleen", nargs="+", choices=names, default=[])
    parser.add_argument("--met", nargs="+", choices=ASIDE, default=[])
    asked = parser.parse_args()
    chosen = asked.alleen or [one for one in names if one not in ASIDE or one in asked.met]
    uitslagen: list[Uitslag] = []
    for drill in (one for one in DRILLS if one.naam in chosen):
        print(f"{drill.naam} …", flush=True)
        one = run(drill, ("make", "-s", drill.doel, f"ARGS={drill.args}"))
        if one.uitkomst != "goed":
            print(one.gezegd)
        print(f"{drill.naam}: {one.uitkomst}, {one.seconden:.0f} s", flush=True)
        uitslagen.append(one)
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(table(uitslagen) + "\n", encoding="utf-8")
    print(f"\n{table(uitslagen)}")
    return int(any(one.uitkomst != "goed" for one in uitslagen))


if __name__ == "__main__":
    sys.exit(main())
