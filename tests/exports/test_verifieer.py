"""Every changed byte of every export is found, offline; and what is whole is said to be whole."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import typst
from pypdf import PdfReader

from app.exports.keurmerk import Zegelverwijzing, mark_pdf, sidecar
from app.exports.kwartaaltoets.as_csv import write_toets_csv
from app.exports.kwartaaltoets.as_json import write_toets_json
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.pdf.report import write_toets_pdf
from app.exports.kwartaaltoets.xlsx.workbook import write_toets_xlsx
from app.exports.verifieer import GEWIJZIGD, ZONDER_KEURMERK, OnbekendBestand, verify_file
from app.lib.canoniek import as_canonical
from tests.exports.toetsbouw import build_bestand, build_regel

FORMATEN = ("csv", "json", "xlsx", "pdf")


#: the check never looks inside a PDF, so a page with one letter stands for a report that would take minutes
KLEINE_PDF = typst.compile(b'#set document(date: none)\n#set text(font: "DejaVu Sans Mono")\na', format="pdf")


def small(aantal: int = 1) -> Toetsbestand:
    regels = [build_regel(number, {"id": "t", "naam": "Team"}, oordelen=[]) for number in range(aantal)]
    return build_bestand(regels=regels, normen=[], ruisfactoren=[], trend={})


def export(folder: Path, formaat: str, bestand: Toetsbestand) -> Path:
    path = folder / f"toets.{formaat}"
    match formaat:
        case "csv":
            path.write_bytes(b"".join(write_toets_csv(bestand)))
            actual = hashlib.sha256(path.read_bytes()).hexdigest()
            path.with_name("toets.csv.sha256").write_bytes(sidecar(path.name, bestand.digest, actual, bestand.zegel))
        case "json":
            path.write_bytes(b"".join(write_toets_json(bestand)))
        case "xlsx":
            path.write_bytes(write_toets_xlsx(bestand))
        case "pdf":
            path.write_bytes(write_toets_pdf(bestand))
    return path


def survivors(target: Path, verified: Path, mask: int, places: Iterable[int] = (), step: int = 1) -> list[int]:
    """Flip each byte of ``target`` in turn and return the places where the check of ``verified`` saw nothing.

    With a step some of the bytes, with another mask others.
    """
    found = []
    whole = target.read_bytes()
    descriptor = os.open(target, os.O_RDWR)
    for place in places or range(mask % step, len(whole), step):
        os.pwrite(descriptor, bytes([whole[place] ^ mask]), place)
        if not verify_file(verified).afwijkingen:
            found.append(place)
        os.pwrite(descriptor, whole[place : place + 1], place)
    os.close(descriptor)
    assert not verify_file(verified).afwijkingen
    return found


@pytest.mark.parametrize("formaat", FORMATEN)
@pytest.mark.parametrize("aantal", [0, 1, 30])
def test_what_was_just_written_is_whole(tmp_path: Path, formaat: str, aantal: int) -> None:
    bestand = build_bestand(aantal)
    verslag = verify_file(export(tmp_path, formaat, bestand))
    assert verslag.afwijkingen == ()
    assert (verslag.bestand, verslag.formaat, verslag.digest) == (f"toets.{formaat}", formaat, bestand.digest)
    assert verslag.regels == (None if formaat == "pdf" else aantal)


# The lowest bit, and the one that turns a capital into a small letter.
@pytest.mark.parametrize("mask", [0x01, 0x20])
@pytest.mark.parametrize("formaat", FORMATEN)
def test_every_flipped_byte_is_found(tmp_path: Path, formaat: str, mask: int, *, heel: bool) -> None:
    path = export(tmp_path, formaat, small())
    if formaat == "pdf":
        path.write_bytes(mark_pdf(KLEINE_PDF, "0" * 64))
    assert survivors(path, path, mask, step=1 if heel else 5) == []


ZEGEL = Zegelverwijzing(12, datetime(2026, 10, 1, 8, 30, tzinfo=UTC), "0123456789abcdef" * 4)


@pytest.mark.parametrize("formaat", FORMATEN)
def test_every_export_names_the_last_seal(tmp_path: Path, formaat: str) -> None:
    path = export(tmp_path, formaat, replace(small(), zegel=ZEGEL))
    verslag = verify_file(path)
    assert (verslag.afwijkingen, verslag.digest) == ((), small().digest)
    assert verslag.regels == (None if formaat == "pdf" else 1)
    beside = path.with_name("toets.csv.sha256").read_text() if formaat == "csv" else ""
    shown: dict[str, Callable[[], bool]] = {
        "csv": lambda: "# zegel 12 van 2026-10-01T08:30:00Z, digest 0123456789abcdef\n" in beside,
        "json": lambda: json.loads(path.read_text())["zegel"]["nummer"] == 12,
        # without a table of strings: in constant memory they stand in the cells
        "xlsx": lambda: b"Zegel 12 van 1 oktober 2026 om 10:30 uur" in ZipFile(path).read("xl/worksheets/sheet1.xml"),
        "pdf": lambda: "0123456789abcdef" in _first_page(path),
    }
    assert shown[formaat]()


def _first_page(path: Path) -> str:
    text: str = PdfReader(path).pages[0].extract_text()
    return text


def test_the_rows_of_a_csv_do_not_depend_on_a_seal(tmp_path: Path) -> None:
    plain = export(tmp_path, "csv", small()).read_bytes()
    assert export(tmp_path, "csv", replace(small(), zegel=ZEGEL)).read_bytes() == plain


@pytest.mark.parametrize("mask", [0x01, 0x20])
def test_every_flipped_byte_is_found_beside_a_seal(tmp_path: Path, mask: int, *, heel: bool) -> None:
    with_zegel = replace(small(), zegel=ZEGEL)
    path = export(tmp_path, "json", with_zegel)
    assert survivors(path, path, mask, step=1 if heel else 5) == []
    path = export(tmp_path, "csv", with_zegel)
    assert survivors(path.with_name("toets.csv.sha256"), path, mask, step=1 if heel else 5) == []


def test_flipped_bytes_of_a_whole_report_are_found(tmp_path: Path) -> None:
    path = export(tmp_path, "pdf", small())
    size = path.stat().st_size
    assert survivors(path, path, 0x01, (*range(0, size, 997), *range(size - 8, size))) == []


@pytest.mark.parametrize("mask", [0x01, 0x20])
def test_every_flipped_byte_of_the_keurmerk_of_a_csv_is_found(tmp_path: Path, mask: int, *, heel: bool) -> None:
    path = export(tmp_path, "csv", small())
    assert survivors(path.with_name("toets.csv.sha256"), path, mask, step=1 if heel else 5) == []


@pytest.mark.parametrize("formaat", FORMATEN)
@pytest.mark.parametrize(
    "change", [lambda data: data[:-1], lambda data: data + b"\n", lambda data: b"", lambda data: b"x"]
)
def test_a_cut_or_a_longer_file_is_found(tmp_path: Path, formaat: str, change: Callable[[bytes], bytes]) -> None:
    path = export(tmp_path, formaat, small())
    path.write_bytes(change(path.read_bytes()))
    assert verify_file(path).afwijkingen


def test_an_xlsx_that_was_saved_again_has_lost_its_keurmerk(tmp_path: Path) -> None:
    path = tmp_path / "toets.xlsx"
    path.write_bytes(b"PK\x03\x04 from another program")
    assert verify_file(path).afwijkingen == (ZONDER_KEURMERK,)


def test_a_csv_without_its_keurmerk_is_not_whole(tmp_path: Path) -> None:
    path = export(tmp_path, "csv", small())
    path.with_name("toets.csv.sha256").unlink()
    (afwijking,) = verify_file(path).afwijkingen
    assert "toets.csv.sha256" in afwijking


def test_the_keurmerk_of_a_csv_may_be_named_instead_of_the_csv(tmp_path: Path) -> None:
    path = export(tmp_path, "csv", small())
    assert verify_file(path.with_name("toets.csv.sha256")) == verify_file(path)


def test_a_csv_with_the_keurmerk_of_another_is_found(tmp_path: Path) -> None:
    path = export(tmp_path, "csv", small(3))
    path.write_bytes(b"".join(write_toets_csv(small(2))))
    assert verify_file(path).afwijkingen == (GEWIJZIGD,)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="GNU coreutils are not everywhere")
def test_sha256sum_reads_the_keurmerk_of_a_csv(tmp_path: Path) -> None:
    path = export(tmp_path, "csv", small())
    command = ["sha256sum", "--check", "--strict", "--warn", "toets.csv.sha256"]  # wherever it is
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "toets.csv: OK", "")


@pytest.mark.parametrize("naam", ["a/b.csv", "a\\b.csv", "a\nb.csv"])
def test_a_name_that_sha256sum_would_read_otherwise_is_refused(naam: str) -> None:
    with pytest.raises(ValueError, match="sha256sum"):
        sidecar(naam, "0" * 64, "0" * 64)


def forged(inhoud: str) -> bytes:
    """A JSON whose digest fits, whatever its form."""
    digest = hashlib.sha256(inhoud.encode()).hexdigest()
    return f'{{"digest":"{digest}","inhoud":{inhoud}}}\n'.encode()


@pytest.mark.parametrize(
    "inhoud",
    [
        '{"b":1,"a":2,"regels":[]}',
        '{"a":1,"a":2,"regels":[]}',
        '{"a": 1,"regels":[]}',
        '{"a":"\\u0041","regels":[]}',
        '{"a":1.10,"regels":[]}',
        '{"a":NaN,"regels":[]}',
        '{"regels":[{"b":1,"a":2}]}',
        '{"regels":[1,]}',
        '{"regels":[1 ]}',
        '{"regels":{}}',
        '{"a":1}',
        '{"":1,"regels":[]}',
        "{}",
        "[]",
        '{"regels":[]}}\nmeer',
        '{"regels":[' + "[" * 100_000,
    ],
)
def test_another_form_is_found_although_the_digest_fits(tmp_path: Path, inhoud: str) -> None:
    path = tmp_path / "toets.json"
    path.write_bytes(forged(inhoud))
    (afwijking,) = verify_file(path).afwijkingen
    assert afwijking.startswith("Het bestand staat niet in de vaste vorm: de vorm klopt niet bij teken ")


def test_values_longer_than_a_piece_are_read(tmp_path: Path) -> None:
    path = tmp_path / "toets.json"
    regels = [{"lang": "é" * 300_000}, 10**200, 1.5, {"kort": []}]
    path.write_bytes(forged(as_canonical({"a": "x" * 200_000, "regels": regels})))
    verslag = verify_file(path)
    assert (verslag.afwijkingen, verslag.regels) == ((), 4)


@pytest.mark.parametrize("length", range(65_420, 65_480, 3))
def test_a_number_that_goes_on_in_the_next_piece_is_read_whole(tmp_path: Path, length: int) -> None:
    path = tmp_path / "toets.json"
    path.write_bytes(forged(as_canonical({"a": "x" * length, "b": 10**40, "regels": [1]})))
    verslag = verify_file(path)
    assert (verslag.afwijkingen, verslag.regels) == ((), 1)


def test_a_file_without_extension_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    for formaat in ("json", "xlsx", "pdf"):
        path = export(tmp_path, formaat, small()).rename(tmp_path / f"toets-{formaat}")
        verslag = verify_file(path)
        assert (verslag.formaat, verslag.afwijkingen) == (formaat, ())


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(b"een brief")
    with pytest.raises(OnbekendBestand, match="geen export"):
        verify_file(path)
