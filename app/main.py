"""The application: wiring only."""

import ctypes
import gc
from collections.abc import Iterator
from importlib import import_module, metadata
from pkgutil import walk_packages

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

import app.routers
from app.db.engines import Engines
from app.db.statement import compile_all
from app.errors import OngeldigeInstelling
from app.routers.api import livez
from app.security.bsnsleutels import Sleutelbestand
from app.security.code_flow import ClientSettings, CodeFlow, read_client_secret
from app.security.lockbox import Lockbox
from app.security.rollen import RolMapping
from app.security.secrets import Secrets, load_secrets
from app.security.sign_in import SignIn, demo_sign_in, oidc_sign_in
from app.security.zegel import Zegelsleutel
from app.services.zegels.maken import zegelplaats_of
from app.settings import Settings, get_settings
from app.web.around.body_limit import BodyLimit
from app.web.around.cors import CrossOrigin
from app.web.around.envelope import Envelope, Observe
from app.web.around.logs import configure_logging
from app.web.cookies import Cookies
from app.web.idempotency import request_key
from app.web.openapi import PREFIX
from app.web.pages import error_page
from app.web.policy import check_policy
from app.web.problems import register_problem_handlers
from app.web.spoor import Sporen
from app.web.uploads import MAX_UPLOAD

_DESCRIPTION = "Zicht op veiligheid in de pleegzorg: wie te lang niet is gesproken, sinds wanneer, volgens welke norm."
_CONTACT = {
    "name": "Pleegzicht",
    "url": "https://pleegzicht.example/contact",
    "email": "beheer@pleegzicht.example",
}

# Routes are tried in order, and there are over a hundred: those of every page and every visit come first.
_ASKED_MOST = frozenset({"kindgesprekken", "pleegkinderen", "termijnen"})

#: what mallopt(3) calls the number of stores of free memory
_ARENA_MAX = -8


def create_app(settings: Settings | None = None) -> ASGIApp:
    """Return the service, ready to be served.

    Raises:
        OngeldigeInstelling: for settings that do not add up or a route that nobody reviewed, with one clear line.
    """
    settings = settings or get_settings()
    configure_logging(settings.log_level)
    api = create_api(settings)
    answers: ASGIApp = Sporen(api)
    if settings.cors_origins:
        answers = CrossOrigin(answers, settings.cors_origins, PREFIX)
    larger = {"/import": MAX_UPLOAD, f"{PREFIX}/importen": MAX_UPLOAD * 4 // 3}  # as base64
    bounded = BodyLimit(answers, larger=larger)
    observers = [_meters(api)] if settings.metrics_port else []
    if not settings.otlp_url:
        return Envelope(bounded, version=api.version, observers=observers)
    from app.web.around.traces import Traces  # noqa: PLC0415 — a library that nobody needs who does not trace

    traces = Traces(api.state.engines, settings, api.version)
    return traces.around(Envelope(bounded, version=api.version, observers=[*observers, traces.observe]))


def _meters(api: FastAPI) -> Observe:
    from app.web.around.metrics import Metrics  # noqa: PLC0415 — a library that nobody needs who measures nothing

    return Metrics(api.state.engines).observe


def create_served_app() -> ASGIApp:
    """Return the application of a process that serves it and does nothing else.

    What is there now stays until the end: the garbage collector need not walk it again and again, and looks at the
    values of requests less often (a list makes thousands, none of them in a cycle). Nor does it walk what is being
    made: that takes a quarter of the time.
    """
    _share_memory()
    gc.disable()
    application = create_app()
    compile_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    return application


def _share_memory() -> None:
    """Let the threads of this process share what is free: glibc gives each a store of its own, which it keeps."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # there is none in musl
    if mallopt is not None:
        mallopt(_ARENA_MAX, 2)


def create_api(settings: Settings) -> FastAPI:
    """Return the FastAPI application inside it, with every router."""
    secrets = load_secrets(settings.secrets_path, create=settings.demo or settings.database_url is None)
    api = bare_api()
    api.state.settings = settings
    api.state.engines = Engines(settings)
    api.state.sleutelbestand = Sleutelbestand(settings.secrets_path, secrets)
    api.state.request_key = request_key(secrets)
    api.state.cursor_lockbox = Lockbox(secrets.cursor)
    api.state.zegelplaats = zegelplaats_of(settings, Zegelsleutel(secrets))
    api.state.sign_in = _sign_in(settings, secrets)
    api.state.code_flow = _code_flow(settings, api.state.sign_in)
    api.state.cookies = Cookies.of(settings.public_url)
    api.state.error_page = error_page
    include_routers(api)
    check_policy(api)
    return api


def include_routers(api: FastAPI) -> None:
    """Add every router; those of the API under ``/v1``."""
    api.include_router(livez.router)
    for name, router in _routers("api"):
        if name != "livez":
            api.include_router(router, prefix=PREFIX)
    for _, router in _routers("pages"):
        api.include_router(router, include_in_schema=False)


def bare_api() -> FastAPI:
    """Return a FastAPI application with our manners and no routes."""
    api = FastAPI(
        title="Pleegzicht",
        version=metadata.version("pleegzicht"),
        description=_DESCRIPTION,
        contact=_CONTACT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    register_problem_handlers(api)
    return api


def _routers(package: str) -> Iterator[tuple[str, APIRouter]]:
    """Yield the ``router`` of every module under ``app.routers.<package>``, by name."""
    above = f"app.routers.{package}."
    names = [found.name.removeprefix(above) for found in walk_packages([f"{app.routers.__path__[0]}/{package}"], above)]
    for name in sorted(names, key=lambda name: (name not in _ASKED_MOST, name)):
        router = getattr(import_module(above + name), "router", None)
        if isinstance(router, APIRouter):
            yield name, router


def _operation_id(route: APIRoute) -> str:
    """Return the endpoint's name in camelCase."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _sign_in(settings: Settings, secrets: Secrets) -> SignIn:
    if settings.demo:
        return demo_sign_in(secrets)
    if settings.oidc_issuer and settings.oidc_jwks_url:
        rollen = RolMapping(settings.oidc_rol_claim, settings.oidc_rollen) if settings.oidc_rol_claim else None
        return oidc_sign_in(settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks_url, rollen)
    raise OngeldigeInstelling("PLEEGZICHT_OIDC_ISSUER ontbreekt (of zet PLEEGZICHT_DEMO=1 voor de demo)")


def _code_flow(settings: Settings, sign_in: SignIn) -> CodeFlow | None:
    """Return the sign-in of the pages, or None where only the API is used."""
    if not (settings.oidc_client_id and settings.public_url):
        return None
    secret = read_client_secret(settings.oidc_client_secret_file)
    return CodeFlow(sign_in, ClientSettings(settings.oidc_client_id, secret, settings.oidc_scope, settings.public_url))
