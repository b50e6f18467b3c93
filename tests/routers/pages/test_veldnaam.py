"""In the list above a form each fault says which field it is about, also when the API's sentence only points at it."""

import pytest

from app.errors import Fault
from app.routers.pages.formulieren.invoer import name_field


@pytest.mark.parametrize(
    ("name", "sentence", "said"),
    [
        ("reden", "Vul dit in.", "Reden: vul dit in."),
        ("redenNietAlleen", "Dit is verplicht.", "Reden niet alleen: dit is verplicht."),
        ("kindgesprek.stemVanHetKind", "Geef ten hoogste 10 tekens.", "Stem van het kind: geef ten hoogste 10 tekens."),
        ("kinderen.0", "Geef een id (UUID).", "Kinderen: geef een id (UUID)."),
        ("vervangerId", "Kies een van: a of b.", "Vervanger: kies een van: a of b."),
        ("datum", "Geef een datum als JJJJ-MM-DD.", "Geef een datum als JJJJ-MM-DD."),
        ("reden", "De reden is te kort.", "De reden is te kort."),
        ("", "Dit is verplicht.", "Dit is verplicht."),
    ],
)
def test_a_sentence_that_only_points_names_its_field(name: str, sentence: str, said: str) -> None:
    assert name_field(Fault("body", name, "verplicht", sentence)) == said
