"""Mail by SMTP: plain text, and the same words as HTML. Nothing else of ours leaves by mail."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from html import escape
from uuid import UUID

from app import clock
from app.services.berichten.afloop import NietBezorgd
from app.services.berichten.brieven import Brief
from app.terms import Mailbeveiliging

_PATIENCE = 20.0  # seconds, for each step of handing over
_PERMANENT = range(500, 600)
#: enough to refuse what would be a second header or a second recipient; the server knows the rest
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")


@dataclass(frozen=True, slots=True)
class Mailserver:
    """Where mail is handed over.

    Attributes:
        host, port: of the server.
        afzender: the address that it comes from.
        beveiliging: how the connection is protected.
        gebruiker, wachtwoord: to sign in with; empty for a server that asks for nothing.
    """

    host: str
    port: int
    afzender: str
    beveiliging: Mailbeveiliging
    gebruiker: str = ""
    wachtwoord: str = ""

    def send(self, aan: str, kenmerk: UUID, brief: Brief) -> None:
        """Hand over one mail.

        Raises:
            NietBezorgd: it was not taken.
        """
        mail = compose(self.afzender, aan, kenmerk, brief) if _ADDRESS.fullmatch(aan) else None
        if mail is None or [one.addr_spec for one in mail["To"].addresses] != [aan]:
            raise NietBezorgd("adres", blijvend=True)
        try:
            with self._connected() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _ in error.recipients.values()}
            raise NietBezorgd(f"smtp {min(codes)}", blijvend=all(code in _PERMANENT for code in codes)) from None
        except smtplib.SMTPResponseException as error:
            raise NietBezorgd(f"smtp {error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NietBezorgd(type(error).__name__) from None  # its text may hold an address

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        if self.beveiliging is Mailbeveiliging.TLS:
            trust = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE, context=trust)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)
        try:
            if self.beveiliging is Mailbeveiliging.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if self.gebruiker:
                server.login(self.gebruiker, self.wachtwoord)
            yield server
        finally:
            with suppress(smtplib.SMTPException, OSError):  # what was taken is taken, however the farewell goes
                server.quit()
            server.close()


def compose(afzender: str, aan: str, kenmerk: UUID, brief: Brief) -> EmailMessage:
    """Return a mail; its mark is the same at every try, so that a second one of it can be told."""
    mail = EmailMessage()
    mail["From"] = formataddr(("Pleegzicht", afzender))
    mail["To"] = aan
    mail["Subject"] = brief.onderwerp
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = f"<{kenmerk}@{parseaddr(afzender)[1].partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content("\n\n".join((*brief.regels, brief.link)) + "\n")
    words = "".join(f"<p>{escape(regel)}</p>" for regel in brief.regels)
    link = escape(brief.link)
    mail.add_alternative(
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{escape(brief.onderwerp)}</title></head>'
        f'<body>{words}<p><a href="{link}">{link}</a></p></body></html>',
        subtype="html",
    )
    return mail
