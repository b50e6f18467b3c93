"""A quarterly audit as a workbook for people: key figures, charts, every row, a sheet per team, norms with sources."""

from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, Final

from app.exports.keurmerk import mark_xlsx
from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.woorden import known_at, status_word
from app.exports.kwartaaltoets.xlsx.bladen import GRAFIEKEN, NORMEN, OVER, RUISFACTOREN
from app.exports.kwartaaltoets.xlsx.grafieken import write_grafieken
from app.exports.kwartaaltoets.xlsx.kengetallen import write_kengetallen
from app.exports.kwartaaltoets.xlsx.kinderen import write_kinderen
from app.exports.kwartaaltoets.xlsx.naslag import write_normen, write_ruisfactoren
from app.exports.kwartaaltoets.xlsx.over import write_over
from app.exports.kwartaaltoets.xlsx.schrijven import SheetWriter

_A4: Final = 9
_RIJHOOGTE: Final = 17
_OP_EEN_PAGINA_BREED: Final = frozenset({OVER, GRAFIEKEN, NORMEN, RUISFACTOREN})


def write_toets_xlsx(bestand: Toetsbestand) -> bytes:
    """Return the bytes of an .xlsx with its keurmerk; the same audit gives the same bytes.

    Rows wait in temporary files, for 20,000 of them do not fit in memory: in a folder of this process alone, which
    is gone when this returns.
    """
    import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 — 12 MB, which few workers need

    data = BytesIO()
    with TemporaryDirectory(prefix="kwartaaltoets-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(data, options) as workbook:
            _write_sheets(workbook, bestand)
    return mark_xlsx(data.getvalue(), bestand.digest)


def _write_sheets(workbook: Any, bestand: Toetsbestand) -> None:
    _set_properties(workbook, bestand)
    writer = SheetWriter(workbook)
    write_over(workbook, writer, bestand)
    write_kengetallen(workbook, writer, bestand)
    write_grafieken(workbook, writer, bestand)
    write_normen(workbook, writer, bestand)
    write_ruisfactoren(workbook, writer, bestand)
    write_kinderen(workbook, writer, bestand)
    for sheet in workbook.worksheets():
        _set_page(sheet, bestand)


def _set_properties(workbook: Any, bestand: Toetsbestand) -> None:
    moment = bestand.vastgesteld_op or known_at(bestand)
    workbook.set_properties({
        "title": f"Kwartaaltoets {bestand.kop['kwartaal']} {bestand.kop['organisatie']['naam']}",
        "subject": f"toets {bestand.digest}",
        "created": moment.replace(tzinfo=None),  # never the clock: equal audits are equal files
    })  # fmt: skip


def _set_page(sheet: Any, bestand: Toetsbestand) -> None:
    """Give rows some air; print on A4 lying down, the audit named on every page, many columns spread over pages."""
    sheet.set_default_row(_RIJHOOGTE)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    if sheet.get_name() in _OP_EEN_PAGINA_BREED:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(60)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 1)
    sheet.set_footer(f"&L{status_word(bestand)} kwartaaltoets {bestand.kop['kwartaal']}: &A&R&P / &N")
