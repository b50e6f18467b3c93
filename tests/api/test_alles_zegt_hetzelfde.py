"""List, dossier, CSV, XLSX, PDF, key figures, inspecteur and audit say the same of every child of the demo (§5.4)."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from app.exports.keurmerk import sidecar
from app.exports.verifieer import verify_file
from tests.api.client import Dienst
from tests.api.conftest import DemoUser
from tests.api.toezicht import Onderzoek, investigate

CRITERIA = ("KAG-R", "VC-J", "MDO")


@dataclass(frozen=True)
class Alles:
    """The audit of the demo, and everything that tells of it.

    Attributes:
        onderzoek: who asks.
        rows: of the audit as it was frozen, by nummer of the child.
    """

    onderzoek: Onderzoek
    rows: dict[str, dict[str, Any]]

    def export(self, formaat: str) -> bytes:
        answer = self.onderzoek.kwaliteit.get(f"/kwartaaltoetsen/{self.onderzoek.toets}/export?formaat={formaat}")
        return bytes(answer.content)

    def csv_and_sheet(self) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, Any]]]:
        """Return the rows of the CSV and of the sheet Kinderen, both by nummer of the child."""
        written = csv.DictReader(io.StringIO(self.export("csv").decode()))
        book = CalamineWorkbook.from_filelike(io.BytesIO(self.export("xlsx")))
        head, *body = book.get_sheet_by_name("Kinderen").to_python()
        sheet = {str(row[0]): dict(zip(map(str, head), row, strict=True)) for row in body}
        return {row["pleegkind_nummer"]: row for row in written}, sheet

    @property
    def not_navolgbaar(self) -> set[str]:
        return {nummer for nummer, row in self.rows.items() if not row["navolgbaar"]}


@pytest.fixture(scope="module")
def alles(demo: DemoUser, dienst: Dienst, module_at_work: None) -> Alles:
    onderzoek = investigate(demo, dienst)
    rows, _ = onderzoek.audit()
    return Alles(onderzoek, {row["pleegkind"]["nummer"]: row for row in rows})


def facts_of(oordeel: dict[str, Any] | None) -> tuple[Any, ...] | None:
    if oordeel is None:
        return None
    laatste = oordeel["laatste"] and (oordeel["laatste"]["id"], oordeel["laatste"]["datum"])
    return oordeel["stand"], oordeel["zwaarte"], laatste, oordeel["uiterlijk"], oordeel["teLaatSinds"]


def test_the_demo_has_all_kinds_of_rows(alles: Alles) -> None:
    assert 5 < len(alles.not_navolgbaar) < len(alles.rows)
    assert any(row["nooitGezien"] for row in alles.rows.values())
    assert any(not row["geplaatstOpKwartaaleinde"] for row in alles.rows.values())


def test_the_dossier_of_every_child_says_what_its_row_says(alles: Alles) -> None:
    kwaliteit, wrong = alles.onderzoek.kwaliteit, []
    for nummer, row in alles.rows.items():
        path = f"/pleegkinderen/{row['pleegkind']['id']}/termijnen?peildatum={row['peildatum']}"
        shown = {(one["norm"], one["onderwerp"]["id"]): facts_of(one) for one in kwaliteit.rows(path)}
        said = [one for one in (*row["criteria"].values(), *row["oordelen"]) if one]
        wrong += [nummer for one in said if shown.get((one["norm"], one["onderwerp"]["id"])) != facts_of(one)]
    assert wrong == []


def test_the_overdue_list_names_the_same_children(alles: Alles) -> None:
    """Of those placed at the end of the quarter; the others have an earlier day."""
    for norm in CRITERIA:
        path = f"/termijnen?peildatum=2026-09-30&norm={norm}&zwaarte=norm&limit=200"
        about = {row["plaatsing"]["id"]: nummer for nummer, row in alles.rows.items()}
        about |= {row["pleegkind"]["id"]: nummer for nummer, row in alles.rows.items()}
        listed = {about[one["onderwerp"]["id"]] for one in alles.onderzoek.kwaliteit.walk(path)}
        late = {
            nummer
            for nummer, row in alles.rows.items()
            if row["geplaatstOpKwartaaleinde"]
            and (one := row["criteria"][norm]) is not None
            and (one["stand"], one["zwaarte"]) == ("te_laat", "norm")
        }
        assert listed == late, norm


def test_csv_and_xlsx_have_a_row_for_every_child_and_say_the_same(alles: Alles) -> None:
    written, sheet = alles.csv_and_sheet()
    assert written.keys() == sheet.keys() == alles.rows.keys()
    for nummer, row in alles.rows.items():
        assert written[nummer]["navolgbaar"] == ("ja" if row["navolgbaar"] else "nee")
        assert written[nummer]["ruisscore"] == str(row["ruisscore"])
        for code in CRITERIA:
            stand = row["criteria"][code]["stand"] if row["criteria"][code] else "nvt"
            assert written[nummer][f"{code.lower().replace('-', '_')}_stand"] == stand, (nummer, code)
            assert (stand == "te_laat") == ("te laat" in str(sheet[nummer][f"{code}\nstand"])), (nummer, code)


def test_the_pdf_names_every_child_that_is_not_navolgbaar_and_the_figures(alles: Alles) -> None:
    reader = PdfReader(io.BytesIO(alles.export("pdf")))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert {nummer for nummer in alles.not_navolgbaar if nummer not in said} == set()
    assert str(len(alles.rows)) in said


def test_the_key_figures_count_these_rows(alles: Alles) -> None:
    figures = alles.onderzoek.kwaliteit.read(f"/kwartaaltoetsen/{alles.onderzoek.toets}/kengetallen")
    whole = figures["groepen"][0]["alle"]
    assert whole["rijen"] == len(alles.rows)
    assert whole["rijen"] - whole["navolgbaar"] == len(alles.not_navolgbaar)
    for code in CRITERIA:
        found = [row["criteria"][code]["stand"] for row in alles.rows.values() if row["criteria"][code]]
        assert whole["criteria"][code]["vanToepassing"] == len(found)
        assert whole["criteria"][code]["teLaat"] == found.count("te_laat")


def test_the_inspecteur_sees_these_rows_under_pseudonym(alles: Alles) -> None:
    onderzoek = alles.onderzoek
    rows = onderzoek.inspecteur.walk(f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/regels?limit=200")
    seen = {row["dossier"]: (row["navolgbaar"], {one["norm"]: one["stand"] for one in row["criteria"]}) for row in rows}
    own = {
        onderzoek.namen.of("pleegkind", row["pleegkind"]["id"]): (
            row["navolgbaar"],
            {code: one["stand"] for code, one in row["criteria"].items() if one},
        )
        for row in alles.rows.values()
    }
    assert seen == own


@pytest.mark.parametrize("formaat", ["csv", "json", "xlsx", "pdf"])
def test_an_inspecteurs_export_says_the_same_and_names_nobody(alles: Alles, formaat: str, tmp_path: Path) -> None:
    onderzoek = alles.onderzoek
    answer = onderzoek.inspecteur.get(f"/toezicht/kwartaaltoetsen/{onderzoek.toets}/export?formaat={formaat}")
    assert answer.status_code == 200
    said = text_of(answer.content, formaat)
    for nummer, row in alles.rows.items():
        known = {nummer, row["pleegkind"]["id"], row["plaatsing"]["id"], row["plaatsing"]["nummer"]}
        there = {one for one in known if one in said}  # quicker than by whole words at once
        assert {one for one in there if re.search(rf"\b{re.escape(one)}\b", said)} == set()
    own = {onderzoek.namen.of("pleegkind", row["pleegkind"]["id"]): row for row in alles.rows.values()}
    whole = "".join(said.split())  # a cell of the PDF may break a long word
    assert {name for name, row in own.items() if not row["navolgbaar"] and name not in whole} == set()
    file = tmp_path / f"toets.{formaat}"
    file.write_bytes(answer.content)
    if formaat == "csv":
        sha256 = hashlib.sha256(answer.content).hexdigest()
        file.with_name("toets.csv.sha256").write_bytes(sidecar(file.name, answer.headers["x-toets-digest"], sha256))
    assert verify_file(file).afwijkingen == ()
    if formaat == "json":
        regels = json.loads(answer.content)["inhoud"]["regels"]
        assert [one["pleegkind"]["nummer"] for one in regels] == sorted(own)
        assert {one["pleegkind"]["id"]: one["navolgbaar"] for one in regels} == {
            name: row["navolgbaar"] for name, row in own.items()
        }


def text_of(content: bytes, formaat: str) -> str:
    """Return what a reader of the file can read."""
    if formaat == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if formaat == "xlsx":
        with ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode() for name in parts.namelist())
    return content.decode()
