"""The session of a request as routes name it; FastAPI gives the same one to every dependency.

``scope="function"``: the commit happens before the answer leaves, and a commit that fails is a problem, not
a 201.
"""

from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from app.db import get_read_session, get_session

WriteSession = Annotated[Session, Depends(get_session, scope="function")]
ReadSession = Annotated[Session, Depends(get_read_session, scope="function")]
