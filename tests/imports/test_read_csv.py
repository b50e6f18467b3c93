"""Reading a folder of .csv files."""

from pathlib import Path

import pytest

from app.imports.check.werkboek import check_werkboek
from app.imports.faults import WerkboekFout
from app.imports.read.werkboek import read_werkboek
from app.imports.werkboek import Grenzen
from tests.imports import bouw


def folder(path: Path, **files: str | bytes) -> Path:
    for naam, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (path / f"{naam}.csv").write_bytes(data)
    return path


def rows(path: Path) -> list[tuple[int, list[object]]]:
    return [(number, list(row)) for number, row in read_werkboek(path).bladen[0].bron()]


def refusal(path: Path, grenzen: Grenzen | None = None) -> str:
    with pytest.raises(WerkboekFout) as caught:
        read_werkboek(path, grenzen or Grenzen())
    assert caught.value.melding.endswith(".")
    return caught.value.melding


def test_a_folder_is_checked_like_a_workbook(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        medewerkers="nummer,naam,rol\nM1,Anna,teamleider\nM2,Bram,tovenaar\n",
        pleegkinderen="nummer;roepnaam;achternaam;geboortedatum;bsn\nK1;Zoë;Jansen;5-5-2015;123456782\n",
        recepten="nummer\n",
    )
    keuring = check_werkboek(read_werkboek(path), bouw.NIETS, bouw.VANDAAG)
    assert bouw.found(keuring) == [
        ("medewerkers", 3, "rol", "ongeldige_waarde"),
        ("recepten", 0, "", "onbekend_blad"),
    ]
    assert keuring.rijen["pleegkinderen"][0].waarden["roepnaam"] == "Zoë"


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", ";"])
def test_marks_line_ends_and_separators_of_every_kind(tmp_path: Path, start: bytes, end: str, sign: str) -> None:
    lines = [sign.join(cells) for cells in (("nummer", "naam"), ("M1", "Zoë"))]
    path = folder(tmp_path, medewerkers=start + end.join([*lines, ""]).encode())
    assert read_werkboek(path).bladen[0].kop == ("nummer", "naam")
    assert rows(path) == [(2, ["M1", "Zoë"])]


def test_a_separator_a_quote_or_a_line_end_within_quotes(tmp_path: Path) -> None:
    path = folder(tmp_path, uitzonderingen='nummer,borging\nU1,"een, ""twee""\ndrie"\n\nU2,vier\n')
    assert rows(path) == [(2, ["U1", 'een, "twee"\ndrie']), (3, []), (4, ["U2", "vier"])]


def test_a_first_line_that_is_empty_is_a_header_without_columns(tmp_path: Path) -> None:
    path = folder(tmp_path, medewerkers="\nnummer,naam,rol\nM1,Anna,teamleider\n")
    keuring = check_werkboek(read_werkboek(path), bouw.NIETS, bouw.VANDAAG)
    assert [fout.code.value for fout in keuring.fouten] == ["verplicht"] * 3
    assert keuring.rijen["medewerkers"] == []


def test_an_empty_file_is_a_sheet_without_cells(tmp_path: Path) -> None:
    werkboek = read_werkboek(folder(tmp_path, medewerkers=""))
    assert werkboek.bladen[0].kop == ()
    assert check_werkboek(werkboek, bouw.NIETS, bouw.VANDAAG).fouten == ()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    folder(tmp_path, medewerkers="nummer\n")
    (tmp_path / "leesmij.txt").write_text("x", encoding="utf-8")
    (tmp_path / ".~lock.medewerkers.csv").write_bytes(b"\xff")
    (tmp_path / "map").mkdir()
    assert [blad.naam for blad in read_werkboek(tmp_path).bladen] == ["medewerkers"]


def test_a_folder_without_csv(tmp_path: Path) -> None:
    assert "geen .csv" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "melding"),
    [
        (b"nummer,naam\nM1,Zo\xeb\n", "geen UTF-8"),
        ("nummer".encode("utf-16"), "geen UTF-8"),
        (b"nummer,naam\nM1,a\x00b\n", "NUL"),
        (b'nummer,naam\nM1,"open\n', "aanhalingsteken"),
        (b'nummer,naam\nM1,"a"b\n', "aanhalingsteken"),
        (b"nummer,naam\nM1," + b"x" * 40_000 + b"\n", "32767 tekens"),
        (b"nummer,naam\nM1," + b"x" * 200_000 + b"\n", "te lange teksten"),
        (b"nummer" + b"," * 600 + b"\n", "500 kolommen"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes, melding: str) -> None:
    assert melding in refusal(folder(tmp_path, medewerkers=content))


def test_the_limits_hold_for_all_files_together(tmp_path: Path) -> None:
    path = folder(tmp_path, medewerkers="nummer\n" * 10, vgbs="nummer\n" * 10)
    assert "te groot" in refusal(path, Grenzen(uitgepakt=139))
    assert len(read_werkboek(path, Grenzen(uitgepakt=140)).bladen) == 2
    assert "te veel" in refusal(path, Grenzen(onderdelen=1))
    assert "meer dan 9 rijen" in refusal(path, Grenzen(rijen=9))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.csv"
    secret.write_text("nummer\n", encoding="utf-8")
    inside = tmp_path / "map"
    inside.mkdir()
    (inside / "medewerkers.csv").symlink_to(secret)
    assert "geen gewoon bestand" in refusal(inside)


def test_a_folder_named_like_a_csv_is_refused(tmp_path: Path) -> None:
    (tmp_path / "medewerkers.csv").mkdir()
    assert "geen gewoon bestand" in refusal(tmp_path)
