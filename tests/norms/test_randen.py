"""Every norm has its edges: the tables of ``test_randen_*`` together."""

from collections import Counter

from app.terms import NormCode
from tests.norms import (
    test_randen_gezin,
    test_randen_kind,
    test_randen_opvolging,
    test_randen_overig,
    test_randen_tweede,
    test_randen_vgb,
    test_randen_zicht,
    test_randen_zien,
)
from tests.norms.randen import Rij

_TABELLEN = (
    test_randen_zicht, test_randen_kind, test_randen_vgb, test_randen_gezin, test_randen_overig, test_randen_tweede,
    test_randen_zien, test_randen_opvolging,
)  # fmt: skip
RIJEN: list[Rij] = [r for tabel in _TABELLEN for r in tabel.RIJEN]


def test_every_norm_has_its_edges() -> None:
    aantal = Counter(r.norm for r in RIJEN if r.verwacht is not None)
    assert {code for code in NormCode if aantal[code] < 3} == set()
