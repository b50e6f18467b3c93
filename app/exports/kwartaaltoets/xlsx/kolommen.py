"""The columns of the rows: one child a row, on the sheet Kinderen and on the sheet of its team."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.exports.kwartaaltoets.bestand import Namen, Toetsbestand
from app.exports.kwartaaltoets.ergste import ergste
from app.exports.kwartaaltoets.woorden import NVT, STANDEN
from app.exports.kwartaaltoets.xlsx.schrijven import Cel, Standcel, day
from app.norms.kwartaaltoets.inhoud import UITGAVE, OordeelInhoud, RegelInhoud
from app.norms.kwartaaltoets.rij import CRITERIA
from app.terms import NormCode

_ID: Final = 38
_DATUM: Final = 12


@dataclass(frozen=True, slots=True)
class Toetskolom:
    """One column.

    Attributes:
        kop: header.
        breedte: in characters.
        lees: the cell of a row.
    """

    kop: str
    breedte: int
    lees: Callable[[RegelInhoud], Cel]


def columns_of(bestand: Toetsbestand) -> list[Toetskolom]:
    """Return the columns for this audit and this reader, who sees names only when they are given."""
    verdere = [code for code in dict.fromkeys(norm["code"] for norm in bestand.kop["normen"]) if code not in CRITERIA]
    return [
        *_who(bestand.namen),
        *_outcome(),
        *(kolom for code in CRITERIA for kolom in _criterium(code)),
        *(Toetskolom(code, 14, _worst_of(NormCode(code))) for code in verdere),
        *_figures(),
        *(_follow_up() if bestand.kop.get("uitgave", 1) >= UITGAVE else ()),
        *(kolom for code in CRITERIA for kolom in _ids(code)),
    ]


def _who(namen: Namen | None) -> Iterator[Toetskolom]:
    yield Toetskolom("Kind", 10, lambda regel: regel["pleegkind"]["nummer"])
    if namen is not None:
        kinderen = namen.kinderen
        yield Toetskolom("Naam kind", 24, lambda regel: kinderen.get(regel["pleegkind"]["id"]))
    yield Toetskolom("Leeftijd", 9, lambda regel: regel["leeftijd"])
    yield Toetskolom("Team", 20, lambda regel: regel["team"]["naam"] if regel["team"] else None)
    yield Toetskolom("Begeleider", 11, lambda regel: regel["begeleider"]["nummer"] if regel["begeleider"] else None)
    if namen is not None:
        medewerkers = namen.medewerkers
        yield Toetskolom(
            "Naam begeleider",
            24,
            lambda regel: medewerkers.get(regel["begeleider"]["id"]) if regel["begeleider"] else None,
        )
    yield Toetskolom("Plaatsing", 11, lambda regel: regel["plaatsing"]["nummer"])
    yield Toetskolom("Vorm", 9, lambda regel: regel["plaatsing"]["vorm"])
    yield Toetskolom("Zorgvorm", 11, lambda regel: regel["plaatsing"]["zorgvorm"])
    yield Toetskolom("Geplaatst vanaf", _DATUM, lambda regel: day(regel["plaatsing"]["van"]))
    yield Toetskolom("Geplaatst tot", _DATUM, lambda regel: day(regel["plaatsing"]["tot"]))
    yield Toetskolom("Gezin", 10, lambda regel: regel["pleeggezin"]["nummer"])
    yield Toetskolom("Maatregelen", 20, lambda regel: ", ".join(map(_spaced, regel["maatregelen"])))
    yield Toetskolom("GI", 18, lambda regel: regel["gi"])


def _outcome() -> Iterator[Toetskolom]:
    yield Toetskolom("Geplaatst op\nkwartaaleinde", 14, lambda regel: _yes_no(yes=regel["geplaatstOpKwartaaleinde"]))
    yield Toetskolom("Peildatum", _DATUM, lambda regel: day(regel["peildatum"]))
    yield Toetskolom("Navolgbaar", 12, lambda regel: _yes_no(yes=regel["navolgbaar"]))
    yield Toetskolom("Met uit-\nzondering", 11, lambda regel: _yes_no(yes=regel["metUitzondering"]))
    yield Toetskolom("Nooit alleen\ngesproken", 9, lambda regel: _yes_no(yes=regel["nooitGezien"]))


def _criterium(code: NormCode) -> Iterator[Toetskolom]:
    def column(kop: str, breedte: int, lees: Callable[[OordeelInhoud], Cel]) -> Toetskolom:
        return Toetskolom(f"{code}\n{kop}", breedte, _if_it_applies(code, lees))

    yield Toetskolom(f"{code}\nstand", 14, lambda regel: _stand(regel["criteria"][code], says_streef=False))
    yield column("zwaarte", 9, lambda oordeel: oordeel["zwaarte"])
    yield column("laatste", _DATUM, lambda oordeel: day(oordeel["laatste"]["datum"]) if oordeel["laatste"] else None)
    yield column("uiterlijk", _DATUM, lambda oordeel: day(oordeel["uiterlijk"]))
    yield column("te laat sinds", _DATUM, lambda oordeel: day(oordeel["teLaatSinds"]))
    yield column("dagen te laat", 14, lambda oordeel: oordeel["dagenTeLaat"])


def _figures() -> Iterator[Toetskolom]:
    yield Toetskolom("Late\nregistraties", 12, lambda regel: regel["lateRegistraties"])
    yield Toetskolom("Professionals\n12 maanden", 13, lambda regel: regel["professionals12m"])
    yield Toetskolom("Kind-\nperiodes", 10, lambda regel: regel["kindperiodes"]["totaal"])
    yield Toetskolom("… met\ngesprek", 10, lambda regel: regel["kindperiodes"]["metGesprek"])
    yield Toetskolom("Ruisfactoren", 18, lambda regel: " ".join(factor["code"] for factor in regel["ruisfactoren"]))
    yield Toetskolom("Ruisscore", 10, lambda regel: regel["ruisscore"])


def _follow_up() -> Iterator[Toetskolom]:
    yield Toetskolom("Kind gezien", 14, lambda regel: _word(regel.get("zienStand")))
    yield Toetskolom("Voor het laatst\ngezien", 15, lambda regel: day(regel.get("zienLaatste")))
    yield Toetskolom("Opvolging", 14, lambda regel: _word(regel.get("opvolgingStand")))
    yield Toetskolom("Zichtplan", 10, _zichtplan)


def _zichtplan(regel: RegelInhoud) -> Cel:
    zichtplan = regel.get("zichtplan")
    return NVT if zichtplan is None else _yes_no(yes=zichtplan)


def _ids(code: NormCode) -> Iterator[Toetskolom]:
    yield Toetskolom(
        f"{code}\nlaatste, id", _ID, _if_it_applies(code, lambda o: o["laatste"]["id"] if o["laatste"] else None)
    )
    yield Toetskolom(f"{code}\nuitzondering, id", _ID, _if_it_applies(code, lambda o: o["uitzonderingId"]))


def _if_it_applies(code: NormCode, lees: Callable[[OordeelInhoud], Cel]) -> Callable[[RegelInhoud], Cel]:
    def read(regel: RegelInhoud) -> Cel:
        oordeel = regel["criteria"][code]
        return None if oordeel is None else lees(oordeel)

    return read


def _worst_of(code: NormCode) -> Callable[[RegelInhoud], Cel]:
    return lambda regel: _stand(ergste(regel["oordelen"], code), says_streef=True)


def _stand(oordeel: OordeelInhoud | None, *, says_streef: bool) -> Cel:
    """Return the cell of a stand; ``says_streef`` where no column beside it has the zwaarte."""
    return NVT if oordeel is None else Standcel(oordeel["stand"], oordeel["zwaarte"], says_streef)


def _word(stand: str | None) -> Cel:
    return NVT if stand is None else STANDEN[stand]


def _yes_no(*, yes: bool) -> str:
    return "ja" if yes else "nee"


def _spaced(code: str) -> str:
    return code.replace("_", " ")
