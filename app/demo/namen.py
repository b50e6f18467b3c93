"""Invented names: first names, surnames, places and institutions, as diverse as the country."""

from random import Random

from app.terms import Geslacht


def _words(tekst: str) -> tuple[str, ...]:
    """Return the names in a text, between bars; the letters of every language are meant."""
    return tuple(naam.strip() for naam in tekst.replace("\n", "|").split("|") if naam.strip())


_MEISJES = _words("""
Emma|Julia|Mila|Tess|Sophie|Zoë|Sara|Nora|Yara|Eva|Lotte|Fleur|Noor|Saar|Liv|Olivia|Anna|Isa|Roos|Lina|Aya|Amira
Fatima|Hafsa|Salma|Esra|Elif|Zeynep|Defne|Aaliyah|Shanaya|Naomi|Destiny|Chenoa|Kiara|Maryam|Selam|Rahel|Yasmin
Zofia|Maja|Lena|Oksana|Mei|Linh|Jahzara|Jayda|Fenna|Jildou|Sterre
""")
_JONGENS = _words("""
Noah|Luca|Lucas|Mees|Finn|Daan|Levi|Milan|Sem|Bram|Jesse|Thijs|Ruben|Tygo|Gijs|Sven|Teun|Jurre|Hidde|Siem|Mohammed
Adam|Ayoub|Bilal|Ilyas|Yusuf|Emir|Kerem|Mehmet|Rayan|Jayden|Dylan|Jaylano|Quincy|Shaquille|Giovanni|Omar|Hamza
Samuel|Filmon|Yonas|Kacper|Jakub|Oleksandr|Minh|Wei|Malik|Rivaldo|Sietse|Wiebe
""")
_OUDERS = _words("""
Anne|Marieke|Petra|Ingrid|Sandra|Monique|Linda|Wilma|Esther|Miriam|Fatma|Naima|Sevda|Sharon|Urmila|Mercedes|Ana|Jan
Peter|Hans|Erik|Mark|Ronald|Dennis|Johan|Willem|Kees|Ahmed|Mustafa|Rachid|Ramon|Clyde|Rajesh|Tomasz|Dirk|Bas|Joost
Martijn|Karin|Yvonne|Astrid|Hatice|Samira|Winston|Edgar|Lucia|Piet|Tineke
""")
_ACHTERNAMEN = _words("""
de Jong|Jansen|de Vries|van den Berg|van Dijk|Bakker|Janssen|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters
Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|van der Linden|Kok|Jacobs|de Haan
Vermeulen|van den Heuvel|van der Veen|van den Broek|de Bruijn|van 't Hof|Hoekstra|Koster|Prins|Blom|Huisman|Postma
Kuiper|Veenstra|Kramer|Wiersma|Fritsma|Zijlstra|Terpstra|Yılmaz|Kaya|Demir|Çelik|Öztürk|El Amrani|Bouali|Benali|Ouali
El Idrissi|Haddou|Mohamed|Hassan|Ali|Abdi|Tesfay|Haile|Ramdin|Baboelal|Jagesar|Pinas|Kartosoewito|Martina|Croes
Winklaar|Da Silva|Fernandes|Nowak|Kowalska|Wiśniewski|Ivanova|Shevchenko|Nguyen|Chen|Wong|Singh|Khan|Hussain|Tahiri
Matahelumual|Pattiwael|Sahetapy
""")  # noqa: RUF001 — the dotless i is a letter
_PLAATSEN = _words("""
Lindebeek|Voorhaven|Nieuw-Waterdam|Oosterheem|Zandhoek|Molenrode|Duinmeer|Heidelo|Klaverdijk|Beukenstede|Wilgendaal
Rietveen|Zuiderkoog|Westerbrink|Hazelaar|Merelveld
""")
_TEAMNAMEN = _words("""
Duinrand|Waterland|Heuvelrug|Veenpolder|Rivierenhoek|Zandstreek|Kustzoom|Bosrijk|Weidegang|Meerzicht|Havenkwartier
Lage Dijk|Hoge Brink|Oude Vaart|Nieuwe Kade|Groene Hart
""")
GECERTIFICEERDE_INSTELLINGEN = ("GI Horizon", "GI De Brug", "GI Noordster", "GI Samen Veilig (verzonnen)")
_KANS_X, _TOT_V = 0.01, 0.5  # cumulative


def draw_geslacht(rng: Random) -> Geslacht:
    """Draw a child's geslacht."""
    trekking = rng.random()
    if trekking < _KANS_X:
        return Geslacht.X
    return Geslacht.V if trekking < _TOT_V else Geslacht.M


def draw_roepnaam(rng: Random, geslacht: Geslacht) -> str:
    """Draw a child's first name."""
    if geslacht is Geslacht.X:
        return rng.choice(_MEISJES + _JONGENS)
    return rng.choice(_MEISJES if geslacht is Geslacht.V else _JONGENS)


def draw_achternaam(rng: Random) -> str:
    """Draw a surname."""
    return rng.choice(_ACHTERNAMEN)


def draw_volwassene(rng: Random, achternaam: str | None = None) -> str:
    """Draw the full name of an adult."""
    return f"{rng.choice(_OUDERS)} {achternaam or draw_achternaam(rng)}"


def draw_plaats(rng: Random) -> str:
    """Draw an invented municipality."""
    return rng.choice(_PLAATSEN)


def team_naam(index: int) -> str:
    """Return the name of the team with this index (from 0); no two are equal."""
    ronde, plaats = divmod(index, len(_TEAMNAMEN))
    naam = f"Team {_TEAMNAMEN[plaats]}"
    return naam if ronde == 0 else f"{naam} {ronde + 1}"
