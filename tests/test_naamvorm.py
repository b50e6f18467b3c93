# ruff: noqa: RUF001 — letters that look like others are what is tested
"""How people write one name: tables of what is the same, what is found, and what is not."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.naamvorm import fold_naam, folded_words, has_words, naam_order, same_naam, words_asked

ZELFDE_VORM = [
    ("hoofdletters", "SAM DE VRIES", "sam de vries"),
    ("accenten", "Zoë Çelik-Ñandú", "zoe celik nandu"),
    ("losse accenten", unicodedata.normalize("NFD", "Zoë Çelik"), "zoe celik"),
    ("harde spatie", "Sam\N{NO-BREAK SPACE}de\N{NARROW NO-BREAK SPACE}Vries", "sam de vries"),
    ("dubbele spaties en een tab", "  Sam   de\tVries ", "sam de vries"),
    ("rechte apostrof", "d'Hondt", "d hondt"),
    ("kromme apostrof", "d’Hondt", "d hondt"),
    ("omgekeerde apostrof", "‘t Hart", "t hart"),
    ("accent als apostrof", "d´Hondt", "d hondt"),
    ("letter-apostrof", "dʼHondt", "d hondt"),
    ("koppelteken", "Anne-Marie", "anne marie"),
    ("niet-afbrekend koppelteken", "Anne\N{NON-BREAKING HYPHEN}Marie", "anne marie"),
    ("gedachtestreep", "Jansen–Bakker", "jansen bakker"),
    ("zacht koppelteken", "Jan\N{SOFT HYPHEN}sen", "jansen"),
    ("onzichtbaar teken", "Jan\N{ZERO WIDTH SPACE}sen", "jansen"),
    ("genegeerd teken", "Jan\N{COMBINING GRAPHEME JOINER}s\N{VARIATION SELECTOR-16}en", "jansen"),
    ("genegeerde letter", "Jan\N{HANGUL FILLER}sen", "jansen"),
    ("teken eromheen", "Jan\N{COMBINING ENCLOSING CIRCLE}sen", "jansen"),
    (
        "ij als een teken",
        "\N{LATIN CAPITAL LIGATURE IJ}sbrand van Di\N{LATIN SMALL LIGATURE IJ}k",
        "ijsbrand van diijk",
    ),
    ("letters zonder los accent", "Søren Łukasz Đorđe", "soren lukasz dorde"),
    ("scherpe s", "Groß", "gross"),
    ("Turkse i", "İpek Yıldız", "ipek yildiz"),
    ("ligatuur", "Lætitia Œdipe", "laetitia oedipe"),
    ("breedte", "Ｓａｍ", "sam"),
    ("punten", "v.d. Berg", "v d berg"),
    ("andere schriften", "Ольга محمد", "ольга محمد"),
    ("niets", " - ' . ", ""),
]


@pytest.mark.parametrize(("geschreven", "vorm"), [case[1:] for case in ZELFDE_VORM], ids=[c[0] for c in ZELFDE_VORM])
def test_a_name_has_one_form(geschreven: str, vorm: str) -> None:
    assert fold_naam(geschreven) == vorm
    assert fold_naam(vorm) == vorm


@given(st.text())
def test_words_are_found_where_they_stand(text: str) -> None:
    found = folded_words(text)
    assert " ".join(one.vorm for one in found) == fold_naam(text)
    assert all(one.vorm in fold_naam(text[one.start : one.stop]) for one in found)
    assert all(before.start <= after.start for before, after in pairwise(found))


def test_the_marks_on_a_letter_are_part_of_its_word() -> None:
    words = folded_words("Zoe\u0308 \u0141ukasz, Jan\u200csen\ufe0f.")
    assert [(one.vorm, one.start, one.stop) for one in words] == [("zoe", 0, 4), ("lukasz", 5, 11), ("jansen", 13, 21)]


GEVONDEN = [
    ("Sam", "de Vries", ["sam", "Vries", "de Vries", "Vries, Sam de", "Vries Sam", "SAM  DE VRIES", "am vri", "Vriés"]),
    ("Lotte", "van der Berg", ["Berg", "van den Berg", "v.d. Berg", "v/d Berg", "Berg, van der", "vanderberg", "der"]),
    ("Lotte", "Vandenberg", ["van den Berg", "vanden Berg", "Vandenberg", "berg"]),
    ("Anne-Marie", "Jansen", ["Annemarie", "Anne Marie", "anne-marie jansen", "Jansen, Anne-Marie", "marie"]),
    ("Annemarie", "Jansen", ["Anne-Marie", "Anne Marie Jansen"]),
    ("Anne Marie", "Jansen-Bakker", ["annemarie", "Bakker", "Jansen Bakker", "bakker-jansen", "jansenbakker"]),
    ("Jip", "d'Hondt", ["d’Hondt", "dHondt", "d Hondt", "Hondt", "hondt, d´"]),
    ("Jip", "dHondt", ["d'Hondt", "Hondt"]),
    ("Jip", "'t Hart", ["‘t Hart", "t Hart", "'tHart", "Hart", "het Hart", "Hart, 't"]),
    ("Noa", "O'Brien", ["OBrien", "O’Brien", "o brien", "Brien"]),
    ("Zoë", "Çelik", ["zoe celik", "ZOË", unicodedata.normalize("NFD", "Çelik"), "Celik, Zoe"]),
    ("Noor", "Sa\u02bfid", ["Said", "sa'id", "SAID Noor"]),
    ("Mo", "El Amrani", ["Amrani", "El-Amrani", "elamrani", "el"]),
    ("Ipek", "Yıldız", ["İpek", "Yildiz", "YILDIZ"]),
]


@pytest.mark.parametrize(
    ("roepnaam", "achternaam", "vraag"),
    [(roep, achter, vraag) for roep, achter, vragen in GEVONDEN for vraag in vragen],
)
def test_a_child_is_found_however_it_is_asked(roepnaam: str, achternaam: str, vraag: str) -> None:
    assert has_words(roepnaam, achternaam, words_asked(vraag))


@pytest.mark.parametrize(
    ("roepnaam", "achternaam", "vraag"),
    [
        ("Sam", "de Vries", "made"),  # no word goes over the edge of another
        ("Sam", "de Vries", "Sam Bakker"),
        ("Sam", "de Vries", "Vriesman"),
        ("Jip", "Hart", "Hartman"),
    ],
)
def test_another_child_is_not(roepnaam: str, achternaam: str, vraag: str) -> None:
    assert not has_words(roepnaam, achternaam, words_asked(vraag))


@pytest.mark.parametrize("vraag", [" - ", "’", "\N{ZERO WIDTH SPACE}"])
def test_nothing_asked_is_no_word(vraag: str) -> None:
    assert words_asked(vraag) == []


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        (("Sam", "de Vries"), ("SAM", "De  Vries")),
        (("Sam", "de Vries"), ("Sam", "Vries, de")),
        (("Sam", "de Vries"), ("Sam de", "Vries")),
        (("Sam", "de Vries"), ("de Vries", "Sam")),
        (("Sam", "de Vries"), ("Sam", "Vries")),
        (("Zoë", "d’Hondt"), ("Zoe", "d'Hondt")),
        (("Anne-Marie", "van den Berg"), ("Annemarie", "v.d. Berg")),
        (("Jip", "Jansen-Bakker"), ("Jip", "Jansen Bakker")),
        (("El", "Sayed"), ("el", "Sayed")),
        (("-", "?"), ("-", "?")),
    ],
)
def test_one_person_has_one_key(een: tuple[str, str], ander: tuple[str, str]) -> None:
    assert same_naam(*een) == same_naam(*ander)


@pytest.mark.parametrize(
    ("een", "ander"),
    [
        (("Sam", "de Vries"), ("Sam", "de Vriess")),
        (("Sam", "de Vries"), ("Sem", "de Vries")),
        (("Sam", "Jansen-Bakker"), ("Sam", "Jansen")),
        (("El", "de Boer"), ("Al", "de Boer")),
        (("-", "?"), ("?", "-")),
    ],
)
def test_another_person_has_another(een: tuple[str, str], ander: tuple[str, str]) -> None:
    assert same_naam(*een) != same_naam(*ander)


def test_a_list_of_names_is_in_dutch_order() -> None:
    namen = [
        ("Aydin", "Zoë"), ("van den Berg", "Bo"), ("Berg", "Cas"), ("van Berg", "Al"), ("de Groot", "Sam"),
        ("groot", "Tim"),
        ("Óconnor", "Jo"), ("Öztürk", "Ece"), ("'t Hart", "Pim"), ("Yılmaz", "Elif"), ("Zwart", "Al"),
    ]  # fmt: skip
    ordered = sorted(namen, key=lambda naam: naam_order(*naam))
    assert [naam for naam, _ in ordered] == [
        "Aydin", "Berg", "van Berg", "van den Berg", "de Groot", "groot", "'t Hart", "Óconnor", "Öztürk",
        "Yılmaz", "Zwart",
    ]  # fmt: skip
