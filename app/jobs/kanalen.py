"""By which ways messages go, as the settings say."""

from collections.abc import Mapping

from app.channels.mail import Mailserver
from app.security.secrets import read_one_secret
from app.services.berichten.bezorgen import Bezorger
from app.settings import Settings
from app.terms import Berichtkanaal


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
