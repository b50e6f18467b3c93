"""The mandate of the demo: its inspecteur may look at organisatie DEMO for a year, without what people wrote.

The visit was announced two weeks before, so that what was recorded since then is there to see.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo.gebruikers import BEHEERDER, DEMO, IGJ
from app.lib.ids import new_uid
from app.models import Account, Toezichtsmandaat
from app.norms.calendar import add_days, add_months
from app.security.demo_issuer import ISSUER
from app.services.beheer.organisaties import find_organisatie

_MAANDEN = 12
_AANGEKONDIGD = -14  # days from the first of the mandate


def demo_beheerder(session: Session) -> int | None:
    """Return the beheerder of DEMO."""
    found = select(Account.medewerker_id).where(Account.issuer == ISSUER, Account.subject == BEHEERDER.gebruikersnaam)
    return session.scalars(found).one_or_none()


def give_demo_mandaat(session: Session, today: date, now: datetime) -> None:
    """Give IGJ a mandate on DEMO from today on; nothing happens when one of them is not there, or there is one."""
    igj = find_organisatie(session, IGJ)
    demo = find_organisatie(session, DEMO)  # the mandate is DEMO's: it is written for DEMO
    beheerder = demo_beheerder(session)
    if demo is None or igj is None or beheerder is None:
        return
    given = select(Toezichtsmandaat.id).where(
        Toezichtsmandaat.organisatie_id == demo.id, Toezichtsmandaat.inspectie_id == igj.id
    )
    if session.execute(given).first():
        return
    session.add(
        Toezichtsmandaat(
            uid=new_uid(),
            organisatie_id=demo.id,
            inspectie_id=igj.id,
            doel="Thematisch toezicht: zicht op veiligheid in pleeggezinnen (verzonnen)",
            wettelijke_grond="Jeugdwet, hoofdstuk 9 (verzonnen mandaat)",
            van=today,
            tot=add_months(today, _MAANDEN),
            dossiertekst=False,
            gegeven_op=now,
            gegeven_door=beheerder,
            aangekondigd_op=add_days(today, _AANGEKONDIGD),
        )
    )
    session.flush()  # the demo is one transaction
