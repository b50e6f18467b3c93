"""In the list above a form each fault says which field it is about: by its label, wherever the page has one."""

import pytest

from app.errors import Fault
from app.invoer.datums import EERSTE_DAG
from app.routers.pages.formulieren.invoer import Formfout, fault_at
from app.routers.pages.formulieren.veldnamen import labels_of, name_fields

_PAGE = """
<form><fieldset id="wat"><legend>Waar gaat het over? <span class="mag">(mag leeg)</span></legend>
<label class="tegel"><input type="radio" name="wat" value="a"><span>A</span></label></fieldset>
<label for="reden">Waarom lukt het nu niet?</label><textarea id="reden"></textarea>
<label for="grond">Wettelijke grond</label><input id="grond">
<fieldset><legend>De dag van <span class="naam-vol">Isa</span></legend><input id="dag-ja"></fieldset></form>"""


@pytest.mark.parametrize(
    ("name", "sentence", "said"),
    [
        ("reden", "Vul dit in.", "Reden: vul dit in."),
        ("redenNietAlleen", "Dit is verplicht.", "Reden niet alleen: vul dit in."),
        ("kindgesprek.stemVanHetKind", "Geef ten hoogste 10 tekens.", "Stem van het kind: geef ten hoogste 10 tekens."),
        ("kinderen.0", "Geef een id (UUID).", "Kinderen: maak een keuze."),
        ("vervangerId", "Kies een van: a of b.", "Vervanger: maak een keuze."),
        ("tot", "Geef een datum als JJJJ-MM-DD.", f"Tot: vul een dag in, tussen {EERSTE_DAG.year} en 2199."),
        ("reden", "De reden is te kort.", "De reden is te kort."),
        ("", "Dit is verplicht.", "Vul dit in."),
    ],
)
def test_a_sentence_that_only_points_names_its_field_where_no_page_has_it(name: str, sentence: str, said: str) -> None:
    assert fault_at("", Fault("body", name, "verplicht", sentence)) == Formfout("", said)


@pytest.mark.parametrize(
    ("veld", "said"),
    [
        ("wat", "Waar gaat het over? Vul dit in."),
        ("reden", "Waarom lukt het nu niet? Vul dit in."),
        ("grond", "Wettelijke grond: vul dit in."),
        ("dag-ja", 'De dag van <span class="naam-vol">Isa</span>: vul dit in.'),
        ("ergens", "Begin &lt;b&gt;: vul dit in."),
    ],
)
def test_a_fault_says_the_label_of_its_field(veld: str, said: str) -> None:
    """A name in a label stays one that can be hidden; what has no label is called as the API calls it."""
    (found,) = name_fields(_PAGE, [Formfout(veld, "Vul dit in.", "Begin <b>")])
    assert f"{found.kop}{found.zin}" == said


def test_a_sentence_that_says_of_what_it_is_stays_as_it_is() -> None:
    assert name_fields(_PAGE, [Formfout("reden", "De reden is te kort.")]) == [
        Formfout("reden", "De reden is te kort.")
    ]
    assert labels_of(_PAGE).keys() == {"wat", "reden", "grond", "dag-ja"}
