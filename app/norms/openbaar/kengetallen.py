"""Which key figures go out, each with its definition: what is counted, of what, by which norms, and where that is from.

The names are permanent: figures that went out are found by them, and so are the definitions
(``/v1/open/definities/{naam}``). What changes meaning gets another name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.norms.kwartaaltoets.kwartaal import LAAT_DAGEN
from app.norms.kwartaaltoets.rij import TERUGBLIK_MAANDEN
from app.norms.toezicht.onderdrukking import MDO_STREEF

_TOETS = "Pleegzicht, normen.md §6"
_OPVOLGING = "Pleegzicht, normen.md §5b"
_WSS = "Kamerbrief van 4 december 2025: de kwartaaltoets van de William Schrikker Stichting"
_NAVOLGBAAR = ("KAG-R", "VC-J", "MDO")


@dataclass(frozen=True, slots=True)
class Kengetal:
    """One key figure.

    Attributes:
        naam: permanent, as in an address.
        titel: on screen.
        teller: the count, by its name in ``counts_of``.
        noemer: of what it is a part; None for a count that is part of nothing.
        normen: codes of the norms that decide about it.
        uitleg: what it says, in plain Dutch.
        formule: how it is counted.
        bron: where it comes from.
    """

    naam: str
    titel: str
    teller: str
    noemer: str | None
    normen: tuple[str, ...]
    uitleg: str
    formule: str
    bron: str


@dataclass(frozen=True, slots=True)
class Dimensie:
    """By what the figures are split, or over which rows they are counted; ``naam`` is permanent."""

    naam: str
    titel: str
    uitleg: str
    bron: str


DIMENSIES = (
    Dimensie(
        "organisatie",
        "Hele organisatie",
        "Alle kinderen die op een dag van het kwartaal bij deze organisatie in zorg waren. Elk kind telt een keer.",
        _TOETS,
    ),
    Dimensie(
        "gi",
        "Gecertificeerde instelling",
        "De gecertificeerde instelling die de maatregel van het kind uitvoert op de peildatum. Leeg: er is er geen.",
        _TOETS,
    ),
    Dimensie("zorgvorm", "Zorgvorm", "De vorm van zorg: pleegzorg of gezinshuis.", _TOETS),
    Dimensie(
        "leeftijd",
        "Leeftijd",
        "De leeftijd van het kind op de peildatum: 0–3, 4–11, 12–17, of ouder. Vanaf 2026-Q4.",
        _OPVOLGING,
    ),
    Dimensie(
        "maatregel",
        "Maatregel",
        "De maatregel die op de peildatum geldt. Meer maatregelen samen zijn een eigen groep. Leeg: er is er geen. "
        "Vanaf 2026-Q4.",
        _OPVOLGING,
    ),
    Dimensie("voltijd", "Voltijd", "Alleen kinderen in een plaatsing voltijd of crisis.", _TOETS),
    Dimensie("alle", "Alle plaatsingen", "Alle kinderen, ook in een plaatsing deeltijd.", _TOETS),
)

#: code → title, what the criterion asks in plain words, source
_CRITERIA = {
    "KAG-R": ("Recent alleen gesproken", "een gesprek alleen met het kind over veiligheid, niet te lang geleden", _WSS),
    "VC-J": ("Veiligheidscheck", "een veiligheidscheck in het laatste jaar, of eerder na een signaal", _WSS),
    "MDO": ("Casuïstiekbespreking", "een bespreking met meer dan een vak erbij, niet te lang geleden", _WSS),
    MDO_STREEF: (
        "Casuïstiekbespreking (streef)",
        "dezelfde bespreking, bij kinderen voor wie zij een streven is en geen norm",
        _OPVOLGING,
    ),
}
_STANDEN = {
    "op_tijd": ("op tijd", "De laatste dag ervoor is nog niet in zicht."),
    "nadert": ("nadert", "De laatste dag ervoor komt eraan, en is nog niet voorbij."),
    "te_laat": ("te laat", "De laatste dag ervoor is voorbij."),
    "uitzondering": ("uitzondering", "De laatste dag is voorbij, en er is een goedgekeurde uitzondering."),
}


def _of_rows() -> Iterator[Kengetal]:
    yield Kengetal(
        "kinderen", "Kinderen", "rijen", None, (),
        "Hoeveel kinderen op ten minste een dag van het kwartaal in zorg waren.",
        "Elk kind met een plaatsing op een dag van het kwartaal telt een keer.", _TOETS,
    )  # fmt: skip
    yield Kengetal(
        "navolgbaar", "Navolgbaar", "navolgbaar", "rijen", _NAVOLGBAAR,
        "Bij hoeveel kinderen uit het dossier te volgen is dat er zicht op hun veiligheid is.",
        "Kinderen bij wie het gesprek, de veiligheidscheck en de bespreking geen van drieën te laat zijn, gedeeld door "
        "alle kinderen. Wat niet geldt voor een kind, telt niet mee.", _WSS,
    )  # fmt: skip
    yield Kengetal(
        "met-uitzondering", "Navolgbaar met een uitzondering", "metUitzondering", "rijen", _NAVOLGBAAR,
        "Bij hoeveel kinderen een van de drie niet is gedaan, met een goedgekeurde reden en een plan.",
        "Navolgbare kinderen met ten minste een uitzondering, gedeeld door alle kinderen.", _TOETS,
    )  # fmt: skip
    yield Kengetal(
        "late-streef", "Streefdag voorbij", "lateStreef", "rijen", _NAVOLGBAAR,
        "Bij hoeveel kinderen een van de drie te laat is, waar dat een streven is en geen norm.",
        "Kinderen met ten minste een van de drie te laat als streven, gedeeld door alle kinderen.", _TOETS,
    )  # fmt: skip
    yield Kengetal(
        "nooit-gezien", "Nog nooit alleen gesproken", "nooitGezien", "rijen", ("KAG-R",),
        "Bij hoeveel kinderen nog geen gesprek alleen met het kind meetelt sinds het in dit gezin woont.",
        "Kinderen zonder een gesprek dat telt in hun plaatsing, gedeeld door alle kinderen.", _TOETS,
    )  # fmt: skip
    yield Kengetal(
        "late-registraties", "Laat vastgelegd", "lateRegistraties", None, (),
        f"Hoeveel feiten van dit kwartaal meer dan {LAAT_DAGEN} dagen na de dag zelf zijn vastgelegd.",
        "Gesprekken, bezoeken, checks, besprekingen en plannen in het kwartaal die meer dan "
        f"{LAAT_DAGEN} dagen later voor het "
        "eerst zijn vastgelegd.", _TOETS,
    )  # fmt: skip
    yield Kengetal(
        "tijdvakken-met-gesprek", "Tijdvakken van vier maanden met een gesprek", "kindperiodes.metGesprek",
        "kindperiodes.totaal", ("KAG-R",),
        "In hoeveel tijdvakken van vier maanden een gesprek alleen met het kind is geweest. Drie gesprekken in een "
        "maand vullen samen een tijdvak.",
        f"Volle tijdvakken van vier maanden in de laatste {TERUGBLIK_MAANDEN} maanden met een gesprek dat telt, "
        "gedeeld door alle volle "
        "tijdvakken.", _TOETS,
    )  # fmt: skip


def _of_criteria() -> Iterator[Kengetal]:
    for code, (titel, vraag, bron) in _CRITERIA.items():
        for stand, (woord, betekenis) in _STANDEN.items():
            yield Kengetal(
                f"{code}-{stand}".lower().replace("_", "-"),
                f"{titel}: {woord}",
                f"{code}.{stand}",
                f"{code}.vanToepassing",
                ("MDO" if code == MDO_STREEF else code,),
                f"Gevraagd is {vraag}. {betekenis}",
                f"Kinderen met de stand ‘{woord}’, gedeeld door de kinderen voor wie dit geldt.",
                bron,
            )


def _of_steps() -> Iterator[Kengetal]:
    for stap, code, dagen in (("overleg", "OPV-O", "een werkdag"), ("besluit", "OPV-B", "vijf werkdagen")):
        yield Kengetal(
            f"{stap}-op-tijd", f"{stap.capitalize()} na een zorg: op tijd", f"{stap}.opTijd", f"{stap}.vervallen",
            (code,),
            f"Bij hoeveel zorgen over veiligheid het eerste {stap} er binnen {dagen} was.",
            f"Zorgen met een {stap} op of voor de laatste dag ervoor, gedeeld door de zorgen waarvan die dag in het "
            "kwartaal is gekomen.", _OPVOLGING,
        )  # fmt: skip
        yield Kengetal(
            f"{stap}-ontbreekt", f"{stap.capitalize()} na een zorg: nog niet", f"{stap}.zonder", f"{stap}.vervallen",
            (code,),
            f"Bij hoeveel zorgen over veiligheid er op de laatste dag van het kwartaal nog geen {stap} was.",
            f"Zorgen zonder {stap}, gedeeld door de zorgen waarvan de laatste dag ervoor in het kwartaal is gekomen.",
            _OPVOLGING,
        )  # fmt: skip


def _of_opvolging() -> Iterator[Kengetal]:
    yield Kengetal(
        "zorgen", "Zorgen over veiligheid", "aanleidingen", None, ("OPV-O", "OPV-B"),
        "Hoeveel keer er in het kwartaal iets was waarna iemand iets moet doen: een check die niet veilig was, een "
        "kind dat zegt niet veilig te zijn, of een ernstig signaal.",
        "Zulke feiten met een dag in het kwartaal.", _OPVOLGING,
    )  # fmt: skip
    yield from _of_steps()
    yield Kengetal(
        "late-opvolging", "Opvolging te laat", "lateOpvolging", "rijen", ("OPV-O", "OPV-B", "OPV-H"),
        "Bij hoeveel kinderen iets na een zorg te laat is.",
        "Kinderen met een overleg, besluit of nieuwe check die te laat is, gedeeld door alle kinderen.", _OPVOLGING,
    )  # fmt: skip
    yield Kengetal(
        "gezien", "Kind gezien", "gezien.gezien", "gezien.rijen", ("ZIEN",),
        "Bij hoeveel kinderen een hulpverlener het kind niet te lang geleden zelf heeft gezien.",
        "Kinderen die op tijd zijn gezien, gedeeld door de kinderen bij wie dit wordt gevraagd.", _OPVOLGING,
    )  # fmt: skip
    yield Kengetal(
        "zichtplannen", "Met een zichtplan", "zichtplannen", "rijen", (),
        "Bij hoeveel kinderen er een goedgekeurd plan is omdat een gesprek alleen nog niet kan.",
        "Kinderen met een zichtplan dat geldt, gedeeld door alle kinderen.", _OPVOLGING,
    )  # fmt: skip


@cache
def kengetallen() -> tuple[Kengetal, ...]:
    """Return every key figure, in the order in which they are shown."""
    return (*_of_rows(), *_of_criteria(), *_of_opvolging())
