"""Whether somebody has a calendar feed, and where it is."""

from pydantic import Field

from app.schemas.velden import Id, SchemaOut, Tijdstip


class AgendaOut(SchemaOut):
    """The feed of who asks."""

    sinds: Tijdstip | None = Field(description="Sinds wanneer; leeg als er geen agenda is.")
    adres: str | None = Field(description="Wie dit adres heeft, ziet de dagen: geef het aan niemand.")


class AgendaGewijzigdOut(SchemaOut):
    """That the feed was turned on, or off."""

    id: Id
