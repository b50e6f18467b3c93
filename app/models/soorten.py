"""The kinds of facts that are recorded about a child or family, as data: all that sets one kind apart from another.

Recording, import, timeline, access and the file that a child is given treat every kind alike through this table. A new
kind is a model, a schema, a migration and an entry here; what it asks in code of its own stands in
``app.services.feiten.eigen_regels``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from app.models.base import Feit, FeitVanKind
from app.models.feiten.actie import Actie
from app.models.feiten.casuistiekbespreking import Casuistiekbespreking
from app.models.feiten.dossierlezing import Dossierlezing
from app.models.feiten.huisbezoek import Huisbezoek
from app.models.feiten.hulpverleningsplan import Hulpverleningsplan
from app.models.feiten.kindgesprek import Kindgesprek
from app.models.feiten.meldcodestap import Meldcodestap
from app.models.feiten.ontwikkelbeeld import Ontwikkelbeeld
from app.models.feiten.opvolgstap import AANLEIDING, Opvolgstap
from app.models.feiten.plaatsing import Begeleiding, Plaatsing
from app.models.feiten.pleeggezin import Evaluatie, Gezinslid, Pleeggezin, Vgb
from app.models.feiten.pleegkind import Maatregel, Pleegkind
from app.models.feiten.pleegoudervoogdgesprek import Pleegoudervoogdgesprek
from app.models.feiten.ruisscore import Ruisscore
from app.models.feiten.signaal import Signaal
from app.models.feiten.uitstel import Uitstel
from app.models.feiten.uitzondering import Uitzondering
from app.models.feiten.veiligheidscheck import Veiligheidscheck
from app.models.feiten.vertrouwenspersoon import Vertrouwenspersoon
from app.models.plaats import FEIT_VAN_KIND, VERSIE, Kolommen, Plaats


class Eigenaar(StrEnum):
    """What a fact hangs on; the value is the column that refers to it."""

    PLEEGKIND = "pleegkind_id"
    PLAATSING = "plaatsing_id"
    PLEEGGEZIN = "pleeggezin_id"
    GEZINSLID = "gezinslid_id"
    SIGNAAL = "signaal_id"
    ZELF = "feit_id"


#: where the column that names what a fact hangs on goes in the file that a child is given
_PLAATS_VAN_EIGENAAR = {Eigenaar.PLEEGKIND: Plaats.WEG, Eigenaar.PLAATSING: Plaats.FEIT, Eigenaar.SIGNAAL: Plaats.FEIT}


@dataclass(frozen=True, slots=True, eq=False)
class FeitSoort:
    """One kind of fact.

    Attributes:
        naam: the Dutch noun, also the table.
        meervoud: its plural, also the path and the sheet of the workbook.
        model: the table of its versions.
        eigenaar: what it hangs on.
        dag: the column with the day on which it happened or began; None for what has no such day.
        auteur: the column of the medewerker whose work it is, who is who records it; None when there is none.
        van_wie_schrijft: whether whoever changes or moves one makes it theirs.
        uitvoerder: the column of the medewerker who is to do it: who records it when nobody is named.
        goedkeuring: the columns with a second person's approval, of which a change takes away what they say.
        termijn: whether a deadline can follow from it.
        bij_nood: whether somebody who opened the file in need may record it: what they did or heard themselves.
        is_opvolging: whether it says what was done about an aanleiding, which may be long after a child left.
        afronding: the columns that say that it is done with; filling them in and no more may be as long after.
        telt_laat: whether late recording of it is a figure: more than ``LAAT_DAGEN`` after the day itself.
        kondigt_aan: whether somebody may have to hear of it at once.
        houdt_vast: columns; what they refer to cannot be withdrawn while a fact of this kind holds.
        gaat_mee: columns; a fact of this kind moves along to another child's file with what they refer to.
        blijft_achter: columns that a move to another child's file leaves empty: they name what is the first child's.
        van_derde: the column with the fact of a third party from which this one came by itself; one that has it is
            not in the file that a child is given, nor is its deadline.
        kenmerken: the columns on the timeline: codes and yes/no, no names and no free text; None: it is not on it.
        teksten: the columns with free text, which an inspecteur reads only with a right of its own.
        inzage: content column → what becomes of it in the file that a child is given.
        buiten: why nothing of it is in that file; empty when something is.
    """

    naam: str
    meervoud: str
    model: type[Feit]
    eigenaar: Eigenaar
    dag: str | None = "datum"
    auteur: str | None = None
    van_wie_schrijft: bool = False
    uitvoerder: str | None = None
    goedkeuring: tuple[str, ...] = ()
    termijn: bool = True
    bij_nood: bool = False
    is_opvolging: bool = False
    afronding: tuple[str, ...] = ()
    telt_laat: bool = False
    kondigt_aan: bool = False
    houdt_vast: tuple[str, ...] = ()
    gaat_mee: tuple[str, ...] = ()
    blijft_achter: tuple[str, ...] = ()
    van_derde: str | None = None
    kenmerken: tuple[str, ...] | None = None
    teksten: tuple[str, ...] = ()
    inzage: Kolommen = field(default_factory=dict)
    buiten: str = ""

    @property
    def als_eigenaar(self) -> Eigenaar | None:
        """What this kind is to the facts that hang on it; None when none can."""
        return next((eigenaar for eigenaar in Eigenaar if eigenaar == f"{self.naam}_id"), None)

    @property
    def is_gebeurtenis(self) -> bool:
        """Whether it happens on a day within a plaatsing."""
        return self.eigenaar is Eigenaar.PLAATSING and self.dag == "datum"

    @property
    def kolommen(self) -> Kolommen:
        """Every column with what becomes of it in the file that a child is given; none when it is not in there."""
        if self.buiten:
            return {}
        own = {self.eigenaar.value: _PLAATS_VAN_EIGENAAR[self.eigenaar]} if self.eigenaar is not Eigenaar.ZELF else {}
        return {**(FEIT_VAN_KIND if issubclass(self.model, FeitVanKind) else VERSIE), **own, **self.inzage}


_TONEN, _TEKST, _WOORDEN, _WEG = Plaats.TONEN, Plaats.TEKST, Plaats.EIGEN_WOORDEN, Plaats.WEG
_MEDEWERKER, _FEIT, _DERDE = Plaats.MEDEWERKER, Plaats.FEIT, Plaats.DERDE
_OP_EEN_DAG: Kolommen = {"datum": _TONEN}
_BEZOEK: Kolommen = {"datum": _TONEN, "medewerker_id": _MEDEWERKER}

_VAN_PLAATSING = (
    FeitSoort(
        "kindgesprek", "kindgesprekken", Kindgesprek, Eigenaar.PLAATSING,
        auteur="medewerker_id", bij_nood=True, kondigt_aan=True, telt_laat=True, houdt_vast=("plaatsing_id",),
        kenmerken=("doorgegaan", "alleen", "vorm", "veiligheid_besproken", "reden_niet_alleen", "veilig_in_gezin"),
        teksten=("stem_van_het_kind", "themas", "vervolgactie", "wat_wil_het_kind"),
        inzage={
            **_BEZOEK, "doorgegaan": _TONEN, "alleen": _TONEN, "vorm": _TONEN, "veiligheid_besproken": _TONEN,
            "reden_niet_alleen": _TONEN, "kind_voelde_zich_veilig": _WOORDEN, "stem_van_het_kind": _WOORDEN,
            "themas": _WOORDEN, "vervolgactie": _TEKST, "plaats": _TONEN, "veilig_in_gezin": _WOORDEN,
            "wat_wil_het_kind": _WOORDEN, "teruggekoppeld_op": _TONEN, "aanwezigen": _TONEN,
        },
    ),
    FeitSoort(
        "veiligheidscheck", "veiligheidschecks", Veiligheidscheck, Eigenaar.PLAATSING,
        auteur="medewerker_id", bij_nood=True, kondigt_aan=True, telt_laat=True, houdt_vast=("plaatsing_id",),
        kenmerken=("instrument", "uitkomst", "kind_gezien"),
        inzage={**_BEZOEK, "instrument": _TEKST, "uitkomst": _TONEN, "kind_gezien": _TONEN},
    ),
    FeitSoort(
        "huisbezoek", "huisbezoeken", Huisbezoek, Eigenaar.PLAATSING,
        auteur="medewerker_id", bij_nood=True, telt_laat=True, houdt_vast=("plaatsing_id",),
        kenmerken=("kind_gezien", "aangekondigd", "nieuwe_huisgenoot"),
        inzage={
            **_BEZOEK, "kind_gezien": _TONEN, "aangekondigd": _TONEN, "nieuwe_huisgenoot": _TONEN,
            "aanwezigen": _TONEN,
        },
    ),
    FeitSoort(
        "begeleiding", "begeleidingen", Begeleiding, Eigenaar.PLAATSING, "van",
        termijn=False, kenmerken=("tot",), inzage={"medewerker_id": _MEDEWERKER, "van": _TONEN, "tot": _TONEN},
    ),
)  # fmt: skip
_VAN_PLEEGKIND = (
    FeitSoort(
        "casuistiekbespreking", "casuistiekbesprekingen", Casuistiekbespreking, Eigenaar.PLEEGKIND,
        telt_laat=True, blijft_achter=("extra_inzet_id",),
        kenmerken=("multidisciplinair", "ruisfactor"), teksten=("conclusie", "acties"),
        inzage={
            **_OP_EEN_DAG, "multidisciplinair": _TONEN, "deelnemers": _MEDEWERKER,
            "gedragswetenschapper_aanwezig": _TONEN, "conclusie": _TEKST, "acties": _TEKST, "ruisfactor": _TONEN,
            "extra_inzet_id": _FEIT,
        },
    ),
    FeitSoort(
        "ontwikkelbeeld", "ontwikkelbeelden", Ontwikkelbeeld, Eigenaar.PLEEGKIND,
        telt_laat=True, kenmerken=(), inzage=_OP_EEN_DAG,
    ),
    FeitSoort(
        "hulpverleningsplan", "hulpverleningsplannen", Hulpverleningsplan, Eigenaar.PLEEGKIND,
        telt_laat=True, kenmerken=(), inzage=_OP_EEN_DAG,
    ),
    FeitSoort(
        "vertrouwenspersoon", "vertrouwenspersonen", Vertrouwenspersoon, Eigenaar.PLEEGKIND, "sinds",
        kenmerken=("soort",), inzage={"sinds": _TONEN, "soort": _TONEN, "naam": _DERDE},
    ),
    FeitSoort(
        "pleegoudervoogdgesprek", "pleegoudervoogdgesprekken", Pleegoudervoogdgesprek, Eigenaar.PLEEGKIND,
        telt_laat=True, kenmerken=(), inzage=_OP_EEN_DAG,
    ),
    FeitSoort(
        "signaal", "signalen", Signaal, Eigenaar.PLEEGKIND,
        bij_nood=True, kondigt_aan=True, teksten=("toelichting",),
        kenmerken=("soort", "vraagt_veiligheidscheck", "calamiteit", "onthulling", "geweld", "letsel", "conclusie_op"),
        inzage={
            **_OP_EEN_DAG, "bekend_geworden_op": _TONEN, "soort": _TEKST, "vraagt_veiligheidscheck": _TONEN,
            "calamiteit": _TONEN, "bij_twijfel": _TONEN, "gemeld_igj_op": _TONEN, "onthulling": _WOORDEN,
            "geweld": _TONEN, "letsel": _TONEN, "conclusie_op": _TONEN, "bron": _DERDE, "toelichting": _TEKST,
        },
    ),
    FeitSoort(
        "opvolgstap", "opvolgstappen", Opvolgstap, Eigenaar.PLEEGKIND,
        auteur="medewerker_id", bij_nood=True, is_opvolging=True, gaat_mee=AANLEIDING, blijft_achter=AANLEIDING,
        kenmerken=("stap", "met", "besluit"), teksten=("toelichting",),
        inzage={
            **_OP_EEN_DAG, "kindgesprek_id": _FEIT, "veiligheidscheck_id": _FEIT, "signaal_id": _FEIT, "stap": _TONEN,
            "met": _TONEN, "besluit": _TONEN, "toelichting": _TEKST, "medewerker_id": _MEDEWERKER,
        },
    ),
    FeitSoort(
        "actie", "acties", Actie, Eigenaar.PLEEGKIND,
        uitvoerder="eigenaar_id", afronding=("gedaan_op",), kenmerken=("uiterlijk", "gedaan_op", "uit_bespreking"),
        van_derde="vgb_id", blijft_achter=("casuistiekbespreking_id",), teksten=("omschrijving",),
        inzage={
            **_OP_EEN_DAG, "omschrijving": _TEKST, "eigenaar_id": _MEDEWERKER, "uiterlijk": _TONEN, "gedaan_op": _TONEN,
            "vgb_id": _WEG, "casuistiekbespreking_id": _FEIT,
        },
    ),
    FeitSoort(
        "dossierlezing", "dossierlezingen", Dossierlezing, Eigenaar.PLEEGKIND,
        auteur="medewerker_id", termijn=False, kenmerken=(),
        inzage={**_OP_EEN_DAG, "medewerker_id": _MEDEWERKER},
    ),
    FeitSoort(
        "ruisscore", "ruisscores", Ruisscore, Eigenaar.PLEEGKIND,
        auteur="medewerker_id", termijn=False, kenmerken=("code", "geldt_tot"), teksten=("reden",),
        inzage={
            **_OP_EEN_DAG, "code": _TONEN, "geldt_tot": _TONEN, "reden": _TEKST, "medewerker_id": _MEDEWERKER,
        },
    ),
    FeitSoort(
        "maatregel", "maatregelen", Maatregel, Eigenaar.PLEEGKIND, "van", kenmerken=("soort", "tot"),
        inzage={"soort": _TONEN, "van": _TONEN, "tot": _TONEN, "gi": _TEKST, "jeugdbeschermer": _DERDE},
    ),
    FeitSoort(
        "uitzondering", "uitzonderingen", Uitzondering, Eigenaar.PLEEGKIND, "van",
        auteur="opgesteld_door", goedkeuring=("goedgekeurd_door", "goedkeurder_rol"), kondigt_aan=True,
        kenmerken=("soort", "normen", "herzien_uiterlijk", "waarneming_dagen"), teksten=("reden", "borging"),
        inzage={
            "normen": _TONEN, "reden": _TEKST, "borging": _TEKST, "van": _TONEN, "herzien_uiterlijk": _TONEN,
            "opgesteld_door": _MEDEWERKER, "goedgekeurd_door": _MEDEWERKER, "goedkeurder_rol": _TONEN,
            "soort": _TONEN, "waarneming_dagen": _TONEN,
        },
    ),
    FeitSoort(
        "uitstel", "uitstellen", Uitstel, Eigenaar.PLEEGKIND,
        auteur="medewerker_id", van_wie_schrijft=True, termijn=False, kenmerken=("norm", "tot"), teksten=("reden",),
        inzage={
            **_OP_EEN_DAG, "norm": _TONEN, "uitzondering_id": _FEIT, "tot": _TONEN, "reden": _TEKST,
            "medewerker_id": _MEDEWERKER,
        },
    ),
    FeitSoort(
        "plaatsing", "plaatsingen", Plaatsing, Eigenaar.PLEEGKIND, "van",
        houdt_vast=("pleegkind_id", "pleeggezin_id"), kenmerken=("vorm", "zorgvorm", "tot", "eindreden"),
        teksten=("eindreden",),
        inzage={
            "pleeggezin_id": Plaats.GEZIN, "vorm": _TONEN, "zorgvorm": _TONEN, "van": _TONEN, "tot": _TONEN,
            "eindreden": _TEKST,
        },
    ),
)  # fmt: skip
_VAN_GEZIN = (
    FeitSoort(
        "gezinslid", "gezinsleden", Gezinslid, Eigenaar.PLEEGGEZIN, "inwonend_sinds",
        buiten="about the family: third parties",
    ),
    FeitSoort(
        "evaluatie", "evaluaties", Evaluatie, Eigenaar.PLEEGGEZIN,
        buiten="with the foster parents, about how they do: third parties",
    ),
    FeitSoort("vgb", "vgbs", Vgb, Eigenaar.GEZINSLID, kondigt_aan=True, buiten="about a gezinslid: a third party"),
)  # fmt: skip
_VAN_SIGNAAL = (
    FeitSoort(
        "meldcodestap", "meldcodestappen", Meldcodestap, Eigenaar.SIGNAAL,
        auteur="medewerker_id", bij_nood=True, is_opvolging=True, houdt_vast=("signaal_id",),
        kenmerken=("stap", "veilig_thuis"), teksten=("toelichting",),
        inzage={
            "stap": _TONEN, "datum": _TONEN, "toelichting": _TEKST, "veilig_thuis": _TONEN,
            "medewerker_id": _MEDEWERKER,
        },
    ),
)  # fmt: skip
_ZELFSTANDIG = (
    FeitSoort(
        "pleegkind", "pleegkinderen", Pleegkind, Eigenaar.ZELF, None,
        inzage={
            "roepnaam": _TONEN, "achternaam": _TONEN, "geboortedatum": _TONEN, "geslacht": _TONEN,
            "bsn_versleuteld": _WEG, "bsn_index": _WEG,
        },
    ),
    FeitSoort(
        "pleeggezin", "pleeggezinnen", Pleeggezin, Eigenaar.ZELF, None,
        buiten="about the family: third parties; a plaatsing names it as pleeggezin 1, 2, …",
    ),
)  # fmt: skip

SOORTEN: dict[str, FeitSoort] = {
    soort.naam: soort for soort in (*_VAN_PLAATSING, *_VAN_PLEEGKIND, *_VAN_GEZIN, *_VAN_SIGNAAL, *_ZELFSTANDIG)
}
#: what a visit can be made of, in the order in which it is recorded
DELEN_VAN_EEN_BEZOEK = ("huisbezoek", "kindgesprek", "veiligheidscheck")
#: the kinds that are in a child's own file; the others are about the family
SOORTEN_VAN_KIND = tuple(soort for soort in SOORTEN.values() if soort.kolommen)
#: the kinds on the timeline of a child, in the order in which they are read
TIJDLIJN_SOORTEN = tuple(soort for soort in SOORTEN.values() if soort.kenmerken is not None)
