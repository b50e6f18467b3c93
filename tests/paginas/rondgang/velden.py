"""The fields of a form as somebody sees them: what each is called, and whether it can be left empty."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_LEEG = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "path", "rect", "circle"})
#: how the first choice of a list begins that is one, and no question yet
_STAYS = "Blijft "
_SOORTEN = frozenset({"text", "date", "number", "tel", "email", "search", "radio", "checkbox", "password", "file"})


@dataclass
class Veld:
    """A field, or a question with choices: its name, its label, and where it stands."""

    naam: str
    soort: str
    ids: set[str] = field(default_factory=set)
    label: str = ""
    vragen: str = ""  # every question that it stands in
    voorwaarde: bool = False  # only asked after another answer
    vast: bool = False  # it always says something
    waarden: list[str] = field(default_factory=list)


class Velden(HTMLParser):
    """Every field of a form."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.velden: dict[str, Veld] = {}
        self._labels: dict[str, str] = {}
        self._open: list[tuple[str, str | None]] = []  # tag, and the id of a fieldset or the for of a label
        self._vragen: list[list[str]] = []  # of each open fieldset its id and its legend
        self._select: Veld | None = None
        self.feed(form)
        for veld in self.velden.values():
            own = next((self._labels[one] for one in veld.ids if one in self._labels), "")
            veld.label = " ".join((own or veld.label).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _LEEG:
            mark = "dan" if "dan" in given.get("class", "").split() else given.get("for")
            self._open.append((tag, mark))
        if tag == "fieldset":
            self._vragen.append([given.get("id", ""), ""])
        if tag == "option" and self._select:
            self._select.waarden.append(given.get("value", ""))
        if tag in ("textarea", "select") or (tag == "input" and given.get("type") in _SOORTEN):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        naam, soort = given["name"], given.get("type", tag)
        inside = any(mark == "dan" for _, mark in self._open)
        above = " ".join(vraag for _, vraag in self._vragen)
        veld = self.velden.setdefault(naam, Veld(naam, soort, vragen=above, voorwaarde=inside))
        veld.ids |= {given["id"]} if given.get("id") else set()
        if soort in ("radio", "checkbox"):
            if "checked" in given:
                veld.vast, veld.waarden = True, [given.get("value", "")]
            veld.label = self._vragen[-1][1] if self._vragen else ""
            veld.ids |= {self._vragen[-1][0]} - {""} if self._vragen else set()
        self._select = veld if tag == "select" else self._select

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEEG:
            return
        self._open.pop()
        if tag == "fieldset":
            self._vragen.pop()
        if tag == "select" and self._select:
            self._select.vast |= "" not in self._select.waarden
            self._select = None

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "legend" in tags and self._vragen:
            self._vragen[-1][1] += data
        if tags[-1:] == ["option"] and self._select and data.startswith(_STAYS):
            self._select.vast = True
        wanted = next((mark for tag, mark in reversed(self._open) if tag == "label" and mark), None)
        if wanted:
            self._labels[wanted] = self._labels.get(wanted, "") + data

    def empty(self) -> dict[str, str]:
        """Return what a browser sends of the form when nothing is filled in."""
        told = {}
        for veld in self.velden.values():
            if veld.soort in ("radio", "checkbox") and not veld.vast:
                continue
            told[veld.naam] = veld.waarden[0] if veld.vast else ""
        return told
