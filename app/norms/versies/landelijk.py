"""The national catalogue: every dated version of every norm. Source: ``normen.md`` §5 and §5b."""

from app.norms.versies.landelijk_eerste import EERSTE
from app.norms.versies.landelijk_tweede import TWEEDE
from app.norms.versies.versie import NormVersie

LANDELIJK: tuple[NormVersie, ...] = (*EERSTE, *TWEEDE)
