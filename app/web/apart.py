"""Reading much, beside the work of others: audits and their exports, and whatever an inspecteur looks at.

Who asks is known on the database itself, and so is the line in the access log; only what is shown comes from the
replica, and only when that has everything that was committed before (``app.db.replica``). Where there is none, or it is
gone or too far behind, the database itself gives it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.db.engines import replica_for
from app.db.namens import namens_of
from app.db.sessions import PATIENCE, POOL_SIZE, reading
from app.web.spoor import scope_of_session
from app.web.state import engines_of
from app.web.threads import Threads, works_on

#: on which that is done: who reads much keeps no thread from who opens a list, nor, where there is no replica and both
#: read on the same connections, the last of those
THREADS = Threads("apart", POOL_SIZE - 2, PATIENCE)
#: marks an endpoint, or a dependency, that does
reads_apart = works_on(THREADS)


@contextmanager
def apart(session: Session) -> Iterator[Session]:
    """Yield a session to read much with for who asks: on the replica, or the one that is given.

    Args:
        session: of the request, which knows who asks; it lets its connection go when another does the reading.
    """
    replica = replica_for(engines_of(scope_of_session(session)), session)
    if replica is None:
        yield session
        return
    session.close()
    with reading(replica.app, namens_of(session)) as other:
        yield other
