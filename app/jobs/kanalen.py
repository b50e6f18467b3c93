"""By which ways messages go, as the settings say."""

from collections.abc import Mapping
from ipaddress import ip_network

from app.channels.mail import Mailserver
from app.channels.webhook import Webhooks
from app.security.secrets import Secrets, read_one_secret
from app.services.berichten.bezorgen import Bezorger
from app.services.berichten.gebeurtenissen import Aanroeper
from app.settings import Settings
from app.terms import Berichtkanaal

#: where a demo may call: this machine
_HERE = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def channels_of(settings: Settings) -> Mapping[Berichtkanaal, Bezorger]:
    """Return the channels that are set up.

    Raises:
        OngeldigeInstelling: the file with the password does not hold one.
    """
    if settings.smtp_host is None or settings.mail_afzender is None:
        return {}
    password = settings.smtp_wachtwoord_file
    return {
        Berichtkanaal.MAIL: Mailserver(
            settings.smtp_host,
            settings.smtp_port,
            settings.mail_afzender,
            settings.smtp_beveiliging,
            settings.smtp_gebruiker or "",
            read_one_secret("PLEEGZICHT_SMTP_WACHTWOORD_FILE", password) if password else "",
        )
    }


def webhooks_of(settings: Settings, secrets: Secrets) -> Aanroeper | None:
    """Return how webhooks are called; None while nobody said where the service stands."""
    if settings.public_url is None:
        return None
    bron = f"urn:nld:oin:{settings.oin}:systeem:pleegzicht" if settings.oin else settings.public_url
    netten = (*settings.webhook_netten, *(_HERE if settings.demo else ()))
    return Webhooks(secrets, settings.public_url, bron, netten)
