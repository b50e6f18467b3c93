"""The national catalogue: every dated version of every norm. Source: ``normen.md`` §5 and §5b."""

from app.norms.landelijk_eerste import EERSTE
from app.norms.landelijk_tweede import TWEEDE
from app.norms.versie import NormVersie

LANDELIJK: tuple[NormVersie, ...] = (*EERSTE, *TWEEDE)
