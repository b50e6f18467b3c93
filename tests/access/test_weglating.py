"""Names of third parties are found however they are written; what is nobody's name stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.contactgegevens import MAIL_WEG, POSTCODE_WEG, TELEFOON_WEG
from app.access.weglating import BSN_WEG, NAAM_WEG, Weglating, without_bsn

DICHTBIJ = (
    "Familie Jansen-de Boer",
    "Zoë van den Berg",
    "J. Roodborst",
    "Ben",
    "Oma",
    "An-Sofie",
    "Bo",
    "Sam de Vries",
    "Søren Łukaszewski",
    "Anne Bakker",
)
OVERIGEN = ("Karel Appel", "Mei Ling", "Noor de Vries", "Storm")
EIGEN = "Sam de Vries"
WEGLATING = Weglating(DICHTBIJ, OVERIGEN, (EIGEN,))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Zoë van den Berg kwam.", "# kwam."),
        ("ZOE kwam; zoë ook.", "# kwam; # ook."),
        ("Zoe\u0308 kwam.", "# kwam."),
        ("Zo\u00adë kwam.", "# kwam."),
        ("Zoës fiets en Zoë's jas.", "# fiets en #'s jas."),
        ("Bij de Bergs, bij den Berg.", "Bij de #, bij den #."),
        ("mevrouw J.A. Jansen belde", "mevrouw # belde"),
        ("Jansen–de Boer belde", "# belde"),
        ("(Jansen), Boer/Jansen", "(#), #/#"),
        ("Familie jansen-de boer verhuist", "# verhuist"),
        ("De familie wacht, het gezin ook.", "De familie wacht, het gezin ook."),
        ("van den berg af", "van den # af"),
        ("J. Roodborst en Roodborst", "# en #"),
        ("Ik ben bang voor Ben.", "Ik ben bang voor #."),
        ("Bij oma.", "Bij #."),
        ("An-Sofie en Bo", "# en #"),
        ("Bos en Bob", "# en Bob"),
        ("Sam de Vries wil naar huis.", "Sam de Vries wil naar huis."),
        ("Noor de Vries wil dat ook.", "# wil dat ook."),
        ("Noor alleen blijft staan.", "Noor alleen blijft staan."),
        ("Karel Appel at een appel.", "# at een appel."),
        ("In mei ging Mei Ling.", "In mei ging #."),
        ("Zoë. Ben kwam later.", "#. # kwam later."),
        ("", ""),
        ("Bergen van Bergamo", "Bergen van Bergamo"),
        # within a word
        ("Het Jansenhuis, de jansenkinderen", "Het #, de #"),
        ("de Roodborstjes en roodborst2008", "de # en #"),
        ("mamaZoë, zoe2008, ZoeKijkt", "#, #, #"),
        ("zoevandenberg en zoe_van_den_berg", "# en #"),
        ("Zoësmoeder; omaZoe; tantezoe; familieberg", "#; #; #; #"),
        ("karelappel en Karel.Appel99", "# en #"),
        ("noordevries, samdevries, SamDeVries", "#, samdevries, SamDeVries"),
        ("de bende zoekt zoete benen", "de bende zoekt zoete benen"),
        ("Een boerderij, een boer of een vriezer", "Een boerderij, een # of een vriezer"),
        ("bobben en mama", "bobben en mama"),
        # letters without an accent of their own, and signs that nobody sees
        ("Soren en Lukaszewski", "# en #"),
        ("Søren Łukaszewski, SØREN", "#, #"),
        ("Jan\u200csen, Bak\u200dker, Bak\u200eker", "#, #, #"),
        ("Jan\u034fsen, Bak\ufe0fker; Ro\u00adod\u2060bo\ufeffrst", "#, #; #"),
        ("Oud-Bak\u0308ker\u0301!", "Oud-#!"),
        ("\U0001f468\u200d\U0001f469 en ❤\ufe0f van oma", "\U0001f468\u200d\U0001f469 en ❤\ufe0f van #"),
    ],
)
def test_names_are_taken_out(text: str, wanted: str) -> None:
    assert WEGLATING.clean(text) == wanted.replace("#", NAAM_WEG)


@given(
    st.sampled_from(("Søren Łukaszewski", "SOREN LUKASZEWSKI", "Zoë van den Berg", "Jansen-de Boer", "Bakker")),
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from("\u034f\ufe0f\u200c\u200d\u200e\u00ad\u0301\u20dd\U000e0100"))
    ),
)
def test_nothing_put_into_a_name_leaves_it_readable(naam: str, tekens: list[tuple[int, str]]) -> None:
    for place, teken in tekens:
        naam = naam[:place] + teken + naam[place:]
    assert WEGLATING.clean(f"Toen zei {naam} iets.") == f"Toen zei {NAAM_WEG} iets."


def test_the_words_of_every_name_around_the_child_go_and_its_own_stay() -> None:
    for naam in set(DICHTBIJ) - {EIGEN}:
        assert naam not in WEGLATING.clean(f"Toen zei {naam} iets.")
    assert Weglating((), (), ("Sam",)).clean("Sam en Zoë") == "Sam en Zoë"
    assert Weglating(("De Vries",), (), ("Sam de Vries",)).clean("De Vries") == "De Vries"
    assert Weglating(("", "-", "1"), ("", "-"), ()).clean("1 - 2") == f"{NAAM_WEG} - 2"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mail roodborst@voorbeeld.test.", f"Mail {MAIL_WEG}."),
        ("iemand.anders+x@mail.example.nl en a (at) b.nl", f"{MAIL_WEG} en {MAIL_WEG}"),
        ("insta @vogel_99.x, snap: @v", f"insta {NAAM_WEG}, snap: {NAAM_WEG}"),
        ("Bel 06-12345678 of 0612345678", f"Bel {TELEFOON_WEG} of {TELEFOON_WEG}"),
        ("06 12 34 56 78, 06.1234.5678", f"{TELEFOON_WEG}, {TELEFOON_WEG}"),
        ("+31 6 1234 5678; +31(0)612345678; 0031612345678", f"{TELEFOON_WEG}; {TELEFOON_WEG}; {TELEFOON_WEG}"),
        ("(010) 123 45 67, 0172-123456", f"{TELEFOON_WEG}, {TELEFOON_WEG}"),
        ("tel. 1234567, telefoon: 12 34 56 78", f"tel. {TELEFOON_WEG}, telefoon: {TELEFOON_WEG}"),
        ("3511 AB Utrecht, 3511ab, 3511 ab", f"{POSTCODE_WEG} Utrecht, {POSTCODE_WEG}, {POSTCODE_WEG}"),
        ("op 02-11-2026 10:30 en 02-11-2026 03-11-2026", "op 02-11-2026 10:30 en 02-11-2026 03-11-2026"),
        ("In 2026 is 1500 km gereden, 1200 SS", "In 2026 is 1500 km gereden, 1200 SS"),
        ("nummer 0612345", "nummer 0612345"),
        # two, or something else beside one
        ("Bel 06-12345678 / 06-87654321", f"Bel {TELEFOON_WEG} / {TELEFOON_WEG}"),
        ("06-12345678 06-87654321", f"{TELEFOON_WEG} {TELEFOON_WEG}"),
        ("0612345678 (010-1234567)", f"{TELEFOON_WEG} ({TELEFOON_WEG})"),
        ("0612345678 24 uur, 06 12345678 (3)", f"{TELEFOON_WEG} 24 uur, {TELEFOON_WEG} (3)"),
        ("0800-1234 06-12345678; 0800-1234 24 uur", f"{TELEFOON_WEG} {TELEFOON_WEG}; {TELEFOON_WEG} 24 uur"),
        ("+32 470 12 34 56 / 06-12345678", f"{TELEFOON_WEG} / {TELEFOON_WEG}"),
        (
            "tel 1234567/7654321, 06-12345678 of 7654321",
            f"tel {TELEFOON_WEG}/{TELEFOON_WEG}, {TELEFOON_WEG} of {TELEFOON_WEG}",
        ),
        ("06-1234567 06-87654321", f"06-1234567 {TELEFOON_WEG}"),
        ("06-12-34-56-78, 06-12-34 56 78", f"{TELEFOON_WEG}, {TELEFOON_WEG}"),
        ("06.10.00.00.00", TELEFOON_WEG),
        ("M06-12345678 mob0612345678", f"M{TELEFOON_WEG} mob{TELEFOON_WEG}"),
        ("06\u200b123\ufe0f45678", TELEFOON_WEG),
        ("02-11-26 10.30 uur, 02-11-26 03-11-26", "02-11-26 10.30 uur, 02-11-26 03-11-26"),
        ("2026-02-01 2026-03-04, 08.30 - 09.30 - 10.30", "2026-02-01 2026-03-04, 08.30 - 09.30 - 10.30"),
        ("NL91ABNA0417164300 en 01-2026 / 03-2027", "NL91ABNA0417164300 en 01-2026 / 03-2027"),
        ("om 8.30 uur, 12 x 12,50", "om 8.30 uur, 12 x 12,50"),
    ],
)
def test_how_to_reach_somebody_is_taken_out(text: str, wanted: str) -> None:
    assert WEGLATING.clean(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BSN 123456782.", f"BSN {BSN_WEG}."),
        ("1234.56.782 en 123 456 782", f"{BSN_WEG} en {BSN_WEG}"),
        ("bsn123456782x", f"bsn{BSN_WEG}x"),
        ("123456783", "123456783"),
        ("1234567820", "1234567820"),
        ("0123456782", "0123456782"),
        ("op 2026-11-02 om 10:30", "op 2026-11-02 om 10:30"),
        ("000000000", "000000000"),
        ("12345 1234.56.782", f"12345 {BSN_WEG}"),
        ("1234\u200b56782", BSN_WEG),
    ],
)
def test_a_bsn_is_taken_out_however_it_is_written(text: str, wanted: str) -> None:
    assert without_bsn(text) == wanted
