"""The numbers in the rules of norms as people say them; a test holds that none is missing."""

from typing import Final

#: parameter of a norm → of what it is the number
GETALLEN: Final = {
    "aantal": "gesprekken in een jaar",
    "stap_maanden": "maanden tussen twee gesprekken",
    "venster_maanden": "maanden waarover wordt geteld",
    "maanden": "maanden",
    "maanden_jong": "maanden bij een jong kind",
    "leeftijd_jong": "jaar: tot die leeftijd is een kind jong",
    "leeftijd": "jaar",
    "werkdagen": "werkdagen",
    "dagen": "dagen",
    "dagen_eerste": "dagen voor de eerste keer",
    "dagen_na_signaal": "dagen na een signaal",
    "dagen_netwerk": "dagen in een netwerkgezin",
    "dagen_vooraf": "dagen van tevoren",
    "dagen_bij_twijfel": "dagen bij twijfel",
}
