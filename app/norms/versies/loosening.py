"""Whether an organisation's own version of a norm loosens the national one.

Source: ``normen.md`` §5: an organisation may tighten a norm, never loosen one of zwaarte ``norm``.
"""

from app.norms.versies.versie import NormVersie
from app.terms import NormCode, Zwaarte

# For these a lower number asks less; for every other parameter a higher number does.
_HIGHER_IS_STRICTER = frozenset({"aantal", "leeftijd_jong"})
_RESCREENING_MONTHS = frozenset({36, 60})


def loosening(basis: NormVersie, eigen: NormVersie) -> str | None:
    """Tell in Dutch why ``eigen`` would loosen ``basis``; None when it may be used.

    A norm of zwaarte ``streef`` may be set freely.

    Raises:
        ValueError: when the two are versions of different norms.
    """
    if basis.code != eigen.code:
        msg = f"{eigen.code} is geen versie van {basis.code}"
        raise ValueError(msg)
    if basis.zwaarte is Zwaarte.STREEF:
        return None
    return _loosens_frame(basis, eigen) or _loosens_parameters(basis, eigen) or _loosens_first_year(basis, eigen)


def _loosens_frame(basis: NormVersie, eigen: NormVersie) -> str | None:
    if eigen.onderwerp != basis.onderwerp:
        return f"het onderwerp moet {basis.onderwerp} blijven"
    if eigen.zwaarte != basis.zwaarte:
        return "de zwaarte mag niet van norm naar streef"
    if eigen.waarschuwing_dagen < basis.waarschuwing_dagen:
        return f"de waarschuwing mag niet korter zijn dan {basis.waarschuwing_dagen} dagen"
    return None


def _loosens_parameters(basis: NormVersie, eigen: NormVersie) -> str | None:
    if set(eigen.parameters) != set(basis.parameters):
        return f"de instellingen moeten precies deze zijn: {', '.join(sorted(basis.parameters))}"
    redenen = (_loosens_parameter(naam, basis, eigen) for naam in basis.parameters)
    return next((reden for reden in redenen if reden), None)


def _loosens_parameter(naam: str, basis: NormVersie, eigen: NormVersie) -> str | None:
    grens, value = basis.parameters[naam], eigen.parameters[naam]
    if basis.code == NormCode.VGB_H and value is not None and value not in _RESCREENING_MONTHS:
        return f"{naam} mag alleen 36 of 60 zijn"
    if grens is None:
        return None
    if value is None:
        return f"{naam} mag niet leeg zijn"
    if naam in _HIGHER_IS_STRICTER:
        return f"{naam} mag niet lager zijn dan {grens}" if value < grens else None
    return f"{naam} mag niet hoger zijn dan {grens}" if value > grens else None


def _loosens_first_year(basis: NormVersie, eigen: NormVersie) -> str | None:
    """More talks may not stretch the first year: four at 4 months would allow month 16 for the fourth."""
    if eigen.code != NormCode.KAG_3 or eigen.number("aantal") == basis.number("aantal"):
        return None
    venster = basis.number("venster_maanden")
    if eigen.number("aantal") * eigen.number("stap_maanden") > venster:
        return f"aantal maal stap_maanden mag niet hoger zijn dan {venster}"
    return None
