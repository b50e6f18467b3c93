"""The sheet Grafieken: two small tables, and the charts that draw them."""

from typing import Any, Final

from app.exports.kwartaaltoets.bestand import Toetsbestand
from app.exports.kwartaaltoets.woorden import STANDEN, VOLTIJD, counts, quarters, share
from app.exports.kwartaaltoets.xlsx.bladen import GRAFIEKEN
from app.exports.kwartaaltoets.xlsx.schrijven import KLEUREN, SheetWriter, as_share
from app.norms.kwartaaltoets.rij import CRITERIA
from app.terms import Stand

_KOP_STANDEN: Final = 2
_KOP_TREND: Final = _KOP_STANDEN + len(CRITERIA) + 3
_NAAST: Final = len(STANDEN) + 3
_MAAT: Final = {"width": 760, "height": 320}
_LIJNEN: Final = {"visible": True, "line": {"color": "#D0D0D0"}}
# Each stand has its own hatching, so that a print without colours still tells them apart.
_PATRONEN: Final = {
    Stand.OP_TIJD: "",
    Stand.NADERT: "percent_20",
    Stand.UITZONDERING: "wide_downward_diagonal",
    Stand.TE_LAAT: "",
}


def write_grafieken(workbook: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    """Add the sheet."""
    sheet = workbook.add_worksheet(GRAFIEKEN)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, len(STANDEN) + 1, 14)
    sheet.write_string(0, 0, f"Grafieken over {VOLTIJD}", writer.titel)
    _write_standen(sheet, writer, bestand)
    last = _write_trend(sheet, writer, bestand)
    options = {"object_position": 3, "description": "Staafdiagram van de tabel Standen per criterium"}
    sheet.insert_chart(_KOP_STANDEN, _NAAST, _chart_of_standen(workbook), options)
    options = {"object_position": 3, "description": "Lijndiagram van de tabel Navolgbaar per kwartaal"}
    sheet.insert_chart(_KOP_STANDEN + 18, _NAAST, _chart_of_trend(workbook, last), options)


def _write_standen(sheet: Any, writer: SheetWriter, bestand: Toetsbestand) -> None:
    namen = {norm["code"]: norm["naam"] for norm in bestand.kop["normen"]}
    van = bestand.kengetallen[0]["voltijd"]["criteria"]
    writer.write_header(sheet, _KOP_STANDEN, ("Standen per criterium", *STANDEN.values(), "geldt voor"))
    for row, code in enumerate(CRITERIA, start=_KOP_STANDEN + 1):
        naam = f"{code}: {namen[code]}" if code in namen else code
        shares = [as_share(share(count, van[code]["vanToepassing"])) for count in counts(van[code])]
        writer.write_row(sheet, row, (naam, *shares, van[code]["vanToepassing"]))


def _write_trend(sheet: Any, writer: SheetWriter, bestand: Toetsbestand) -> int:
    """Write the table of the quarters and return its last row."""
    writer.write_header(sheet, _KOP_TREND, ("Navolgbaar per kwartaal", "navolgbaar %", "navolgbaar", "kinderen"))
    row = _KOP_TREND
    for kwartaal, groep in quarters(bestand).items():
        row += 1
        van = groep["voltijd"]
        aandeel = as_share(share(van["navolgbaar"], van["rijen"]))
        writer.write_row(sheet, row, (kwartaal, aandeel, van["navolgbaar"], van["rijen"]))
    return row


def _chart_of_standen(workbook: Any) -> Any:
    chart = workbook.add_chart({"type": "bar", "subtype": "percent_stacked"})
    first, last = _KOP_STANDEN + 1, _KOP_STANDEN + len(CRITERIA)
    for column, stand in enumerate(STANDEN, start=1):
        chart.add_series({
            "name": [GRAFIEKEN, _KOP_STANDEN, column],
            "categories": [GRAFIEKEN, first, 0, last, 0],
            "values": [GRAFIEKEN, first, column, last, column],
            "gap": 60,
            "border": {"color": "#1F3A4D"},
            **_fill(Stand(stand)),
        })  # fmt: skip
    chart.set_title({"name": "Standen per criterium", "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "major_gridlines": _LIJNEN})
    chart.set_legend({"position": "bottom"})
    chart.set_size(_MAAT)
    return chart


def _fill(stand: Stand) -> dict[str, object]:
    patroon = _PATRONEN[stand]
    if not patroon:
        return {"fill": {"color": KLEUREN[stand]}}
    return {"pattern": {"pattern": patroon, "fg_color": "#1F3A4D", "bg_color": KLEUREN[stand]}}


def _chart_of_trend(workbook: Any, last: int) -> Any:
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({
        "name": "navolgbaar",
        "categories": [GRAFIEKEN, _KOP_TREND + 1, 0, last, 0],
        "values": [GRAFIEKEN, _KOP_TREND + 1, 1, last, 1],
        "line": {"color": "#1F3A4D", "width": 2.5},
        "marker": {"type": "circle", "size": 7, "fill": {"color": "#1F3A4D"}},
        "data_labels": {"value": True, "position": "above", "num_format": "0%"},
    })  # fmt: skip
    chart.set_title({"name": "Navolgbaar per kwartaal", "name_font": {"size": 13}})
    chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": _LIJNEN})
    chart.set_legend({"none": True})
    chart.set_size(_MAAT)
    return chart
