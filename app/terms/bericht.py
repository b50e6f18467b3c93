"""Messages, and the way they go."""

from enum import StrEnum


class Berichtreden(StrEnum):
    """Why somebody must hear something: at once, once it is late, or before it ends."""

    ONTHULLING = "onthulling"
    ONVEILIG = "onveilig"
    CALAMITEIT = "calamiteit"
    VGB_INGETROKKEN = "vgb_ingetrokken"
    OPVOLGING_LAAT = "opvolging_laat"
    UITZONDERING_EINDIGT = "uitzondering_eindigt"
    WEEKBERICHT = "weekbericht"


class Berichtafloop(StrEnum):
    """What became of a message: it has those who must hear it, or nothing asked for it any more."""

    GEADRESSEERD = "geadresseerd"
    VERVALLEN = "vervallen"


class Bezorgafloop(StrEnum):
    """What became of a message to one person."""

    VERSTUURD = "verstuurd"
    VERVALLEN = "vervallen"
    ONBEZORGBAAR = "onbezorgbaar"


class Berichtkanaal(StrEnum):
    """By which way a message goes."""

    MAIL = "mail"


class Mailbeveiliging(StrEnum):
    """How the connection to the mail server is protected; ``geen`` only on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    GEEN = "geen"
