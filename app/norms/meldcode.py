"""The meldcode's five steps in words, and what the profession asks when a child tells something. Source: §8."""

from collections.abc import Mapping

STAPPEN: Mapping[int, str] = {
    1: "signalen in kaart brengen",
    2: "overleggen met een collega, en zo nodig met Veilig Thuis",
    3: "spreken met wie het aangaat",
    4: "wegen of er gevaar is, acuut of structureel",
    5: "beslissen over melden bij Veilig Thuis en over hulp",
}

BEROEPSNORM = (
    "Een kind heeft iets onthuld. Bij een onthulling, en bij acuut of structureel gevaar, is het de beroepsnorm om te "
    "melden bij Veilig Thuis. Weeg dat in de stappen van de meldcode en leg elke stap vast."
)
