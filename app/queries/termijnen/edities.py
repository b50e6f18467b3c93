"""Whose stored deadlines an older edition of the rule wrote; every command asks, so it imports little."""

from sqlalchemy import select

from app.models import Vastlegteller
from app.norms.course import EDITION

#: the keys of organisaties of which a migration was broken off before the rule was asked again
OLD_EDITIONS = select(Vastlegteller.organisatie_id).where(Vastlegteller.termijnen_editie < EDITION)
