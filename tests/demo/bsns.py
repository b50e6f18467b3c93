"""The elfproef in its own words (``normen.md`` §8), so that the demo does not prove itself."""


def passes_elfproef(bsn: str) -> bool:
    """Tell whether the digits times 9, 8, 7, 6, 5, 4, 3, 2, −1 add up to a multiple of 11."""
    cijfers = [int(cijfer) for cijfer in bsn]
    som = sum(gewicht * cijfer for gewicht, cijfer in zip(range(9, 1, -1), cijfers, strict=False)) - cijfers[8]
    return len(cijfers) == 9 and som % 11 == 0
