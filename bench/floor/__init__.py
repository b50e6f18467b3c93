"""A floor of another make: what the same answers cost under the same safeguards when nothing of the service is used.

A bare ASGI application with SQL written by hand over the tables of the same database. It shares no line with what it
is compared with: an import contract (``pyproject.toml``) keeps ``app``, and the rest of ``bench``, out of it. What it
does for every request:

- the bearer token is checked (signature, issuer, audience, times) and remembered for a minute, as the service does;
- the account is looked up, and the transaction told for which organisatie it works, under the role that row-level
  security holds for;
- the intent is in the access log, committed, before data are read; the outcome before the answer leaves;
- a list and a child show no more than the actor's scope;
- a talk takes its Idempotency-Key, is written with what follows from it for the termijnen, and with the change log and
  its chain, which the triggers of the database write for whoever inserts; committed before the answer.

What it leaves out: filters and other pages, emergency access, the rollen that the benchmark does not use, norms of an
organisatie's own, who changes teams on a day that lies ahead, and the explanation of a judgement: a child's termijnen
are its facts and the stored segments.
"""
