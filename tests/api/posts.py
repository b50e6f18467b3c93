"""A request that must be accepted for every POST and PATCH of the route table, made fresh each time it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from app.models.soorten import SOORTEN
from tests.api.bodies import DATUM, SOORTEN_VAN_FEIT, VERPLAATSBAAR, Soort, waarheen
from tests.api.files import overdue_child
from tests.api.posts_beheer import BEHEER
from tests.api.verzoek import Verzoek, body_beside, fresh, own_file, period
from tests.api.world import World, noodtoegang_body
from tests.keuze import covering

Maker = Callable[[], Verzoek]
#: (method, path) of the route table
Schrijving = tuple[str, str]
_SOORT_AT = {soort.meervoud: soort for soort in SOORTEN.values()}


def asked_writes(world: World, *, heel: bool, turn: int = 0) -> Mapping[Schrijving, Maker]:
    """Return what is asked at every change, or in ``make drill-tests`` every write.

    What every kind of fact has alike is asked of some of them, of others at each turn; what has its own way, always.
    """
    makers = every_write(world)
    return makers if heel else {one: makers[one] for one in chosen_writes(list(makers), turn)}


def chosen_writes(whole: Sequence[Schrijving], turn: int = 0) -> list[Schrijving]:
    """Return of which every kind is written with its own fields, and each step is taken with what hangs on each."""
    kinds = list(_SOORT_AT)

    def first_its_own(one: Schrijving) -> bool:
        noun, step = feit_route(one) or ("", "")
        return step != ("correctie", "vastleggen")[(kinds.index(noun) + turn) % 2] if noun else True

    chosen = set(covering(sorted(whole, key=first_its_own), features_of_write))
    return [one for one in whole if one in chosen]


def features_of_write(one: Schrijving) -> set[object]:
    """Return what a write is the first of: its kind with the fields of that kind, and its step by what it hangs on."""
    fact = feit_route(one)
    if fact is None:
        return {one}
    noun, step = fact
    own_fields = {noun} if step in ("vastleggen", "correctie", "PATCH") else set()
    return {(step, _SOORT_AT[noun].eigenaar), *own_fields}


def feit_route(one: Schrijving) -> tuple[str, str] | None:
    """Return the plural of a kind and what is done with it, of the routes that are made of the table of kinds."""
    method, path = one
    *before, last = path.split("/")[1:]
    if last in _SOORT_AT:
        return last, "vastleggen"
    if len(before) == 2 and last in ("correctie", "intrekking", "verplaatsing") and before[0] in _SOORT_AT:
        return before[0], last
    return (before[0], method) if method == "PATCH" and before[0] in _SOORT_AT else None


def every_write(world: World) -> Mapping[Schrijving, Maker]:
    """Return for each (method, path) of the route table what makes a request for it."""
    makers: dict[Schrijving, Maker] = {}
    for soort in SOORTEN_VAN_FEIT.values():
        makers["POST", soort.template] = partial(_record, world, soort)
        one = f"/{soort.meervoud}/{{id}}"
        makers["POST", f"{one}/correctie"] = partial(_change, world, soort, "correctie")
        makers["POST", f"{one}/intrekking"] = partial(_withdraw, world, soort)
        if soort.naam in VERPLAATSBAAR:
            makers["POST", f"{one}/verplaatsing"] = partial(_move, world, soort)
    del makers["POST", "/pleegkinderen/{id}/correctie"]  # PATCH is that
    for naam in ("pleegkind", "pleeggezin", "gezinslid"):
        soort = SOORTEN_VAN_FEIT[naam]
        makers["PATCH", f"/{soort.meervoud}/{{id}}"] = partial(_change, world, soort, "")
    return {
        **makers,
        **{route: partial(make, world) for route, make in BEHEER.items()},
        ("POST", "/plaatsingen/{id}/beeindiging"): partial(_end, world),
        ("POST", "/pleegkinderen/{id}/bezoeken"): partial(_visit, world),
        ("POST", "/uitzonderingen/{id}/goedkeuring"): partial(_approve, world),
        ("POST", "/pleegkinderen/_zoek"): partial(_search, world, "pleegkinderen", "Voorbeeld"),
        ("POST", "/pleeggezinnen/_zoek"): partial(_search, world, "pleeggezinnen", "gezin"),
        ("POST", "/noodtoegangen"): partial(_open, world),
        ("POST", "/noodtoegangen/{id}/bespreking"): partial(_discuss, world),
        ("POST", "/pleegkinderen/{id}/samenvoeging"): partial(_propose_one_file, world),
        ("POST", "/samenvoegingen/{id}/goedkeuring"): partial(_make_one_file, world),
        ("POST", "/samenvoegingen/{id}/herstel"): partial(_make_two_files, world),
        ("POST", "/kwartaaltoetsen"): partial(_build_toets, world),
        ("POST", "/kwartaaltoetsen/{id}/vaststelling"): partial(_freeze_toets, world),
        ("POST", "/kwartaaltoetsen/{id}/export"): partial(_order_export, world),
        ("POST", "/kwartaaltoetsen/{id}/publicatie"): partial(_publish, world),
        ("POST", "/kwartaaltoetsen/{id}/publicatie/intrekking"): partial(_take_back_figures, world),
        ("POST", "/extra-inzetten/{id}/overdracht"): partial(_hand_over, world),
        ("POST", "/extra-inzetten/{id}/afsluiting"): partial(_close, world),
        ("POST", "/ik/agenda"): partial(_open_agenda, world),
        ("POST", "/ik/agenda/intrekking"): partial(_close_agenda, world),
    }


def _open_agenda(world: World) -> Verzoek:
    return Verzoek(world["begeleider"], "POST", "/ik/agenda", None, {})


def _close_agenda(world: World) -> Verzoek:
    world["begeleider"].made("/ik/agenda")
    return Verzoek(world["begeleider"], "POST", "/ik/agenda/intrekking", None, {})


def _open(world: World) -> Verzoek:
    body = noodtoegang_body(overdue_child(world).ids["pleegkind"])
    other = {**body, "reden": "Een heel andere reden, maar lang genoeg."}
    return Verzoek(world["waarnemer"], "POST", "/noodtoegangen", body, other)


def _discuss(world: World) -> Verzoek:
    opened = _open(world)
    made = opened.user.made(opened.path, opened.body)
    body, other = {"toelichting": "Terecht geopend."}, {"toelichting": "anders"}
    return Verzoek(world["teamleider"], "POST", f"/noodtoegangen/{made.id}/bespreking", body, other, made.etag)


def _propose_one_file(world: World) -> Verzoek:
    """Of two files in which nothing stands."""
    een, twee = fresh(world, "pleegkind"), fresh(world, "pleegkind")
    body = {"anderKindId": twee.id, "reden": "Twee keer ingevoerd."}
    path = f"/pleegkinderen/{een.id}/samenvoeging"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"})


def _make_one_file(world: World) -> Verzoek:
    proposal = _propose_one_file(world)
    made = proposal.user.made(proposal.path, proposal.body)
    return Verzoek(world["beheerder"], "POST", f"/samenvoegingen/{made.id}/goedkeuring", None, {}, made.etag)


def _make_two_files(world: World) -> Verzoek:
    approval = _make_one_file(world)
    made = approval.user.made(approval.path, approval.body)
    path = f"/samenvoegingen/{made.id}/herstel"
    return Verzoek(world["beheerder"], "POST", path, {"reden": "toch twee"}, {"reden": "anders"}, made.etag)


def _build_toets(world: World) -> Verzoek:
    quarters = {"kwartaal": "2026-Q2"}, {"kwartaal": "2026-Q1"}
    return Verzoek(world["kwaliteit"], "POST", "/kwartaaltoetsen", *quarters)


def _freeze_toets(world: World) -> Verzoek:
    """Each of a quarter of its own: frozen is frozen."""
    toets = world["kwaliteit"].made("/kwartaaltoetsen", {"kwartaal": f"{2020 - next(period)}-Q1"})
    return Verzoek(world["kwaliteit"], "POST", f"/kwartaaltoetsen/{toets.id}/vaststelling", None, {})


def _order_export(world: World) -> Verzoek:
    toets = world["kwaliteit"].made("/kwartaaltoetsen", {"kwartaal": f"{2020 - next(period)}-Q1"})
    path = f"/kwartaaltoetsen/{toets.id}/export"
    return Verzoek(world["kwaliteit"], "POST", path, {"formaat": "csv"}, {"formaat": "json"})


def publishable(world: World) -> str:
    """Return where the figures of a new frozen audit are looked at before they go out; no later one has replaced it."""
    freeze = _freeze_toets(world)
    world["kwaliteit"].made(freeze.path)
    return freeze.path.replace("vaststelling", "publicatie")


def _publish(world: World) -> Verzoek:
    kwaliteit, path = world["kwaliteit"], publishable(world)
    digest = kwaliteit.get(path).json()["cijfersDigest"]
    return Verzoek(kwaliteit, "POST", path, {"cijfersDigest": digest}, {"cijfersDigest": "0" * 64})


def _take_back_figures(world: World) -> Verzoek:
    publish = _publish(world)
    publish.user.made(publish.path, publish.body)
    reasons = {"reden": "Een team telde dubbel."}, {"reden": "Te vroeg."}
    return Verzoek(publish.user, "POST", f"{publish.path}/intrekking", *reasons)


def _extra_inzet(world: World) -> str:
    """Freeze a quarter in which a new child was never seen, and return what that opened for it."""
    kind, kwaliteit = overdue_child(world, weeks=30).ids["pleegkind"], world["kwaliteit"]
    frozen = [one for one in kwaliteit.walk("/kwartaaltoetsen?limit=200") if one["kwartaal"] == "2026-Q3"]
    newest = next((one["id"] for one in frozen if one["vervangenDoor"] is None), None)
    toets = kwaliteit.made("/kwartaaltoetsen", {"kwartaal": "2026-Q3", "vervangt": newest})
    kwaliteit.made(f"/kwartaaltoetsen/{toets.id}/vaststelling")
    found = kwaliteit.walk("/extra-inzetten?limit=200")
    return str(next(one["id"] for one in found if one["pleegkindId"] == kind))


def _visit(world: World) -> Verzoek:
    ids = world.files["eigen"]
    body = {"plaatsingId": ids["plaatsing"], "datum": DATUM, "huisbezoek": {"kindGezien": True}}
    path = f"/pleegkinderen/{ids['pleegkind']}/bezoeken"
    return Verzoek(world["begeleider"], "POST", path, body, {**body, "huisbezoek": {"kindGezien": False}})


def _hand_over(world: World) -> Verzoek:
    body = {"eigenaarId": world.medewerkers["collega"], "reden": "neemt over"}
    path = f"/extra-inzetten/{_extra_inzet(world)}/overdracht"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"})


def _close(world: World) -> Verzoek:
    body = {"reden": "Besluit na bespreking."}
    path = f"/extra-inzetten/{_extra_inzet(world)}/afsluiting"
    return Verzoek(world["gedragswetenschapper"], "POST", path, body, {"reden": "anders"})


def _record(world: World, soort: Soort) -> Verzoek:
    ids = own_file(world)
    body = body_beside(soort, ids)
    other = {name.replace("nieuweReden", "reden"): value for name, value in soort.wijziging.items()}
    path = soort.path(ids)
    return Verzoek(world["teamleider"], "POST", path, body, {**body, **other}, target=soort.naam)


def _change(world: World, soort: Soort, step: str) -> Verzoek:
    made = fresh(world, soort.naam)
    path = f"/{soort.meervoud}/{made.id}"
    if step:
        body = {"reden": "vergissing", **soort.wijziging}
        other = {**body, "reden": "een andere reden"}
        return Verzoek(world["teamleider"], "POST", f"{path}/{step}", body, other, made.etag, soort.naam)
    other = {**soort.wijziging, "wijzigingsreden": "een andere reden"}
    return Verzoek(world["teamleider"], "PATCH", path, soort.wijziging, other, made.etag, soort.naam)


def _withdraw(world: World, soort: Soort) -> Verzoek:
    made = fresh(world, soort.naam)
    path, why = f"/{soort.meervoud}/{made.id}/intrekking", {"reden": "dubbel"}
    return Verzoek(world["teamleider"], "POST", path, why, {"reden": "anders"}, made.etag, soort.naam)


def _move(world: World, soort: Soort) -> Verzoek:
    """To a child that nobody else asks about: a moved begeleiding lets its medewerker see the file."""
    made, other = fresh(world, soort.naam), overdue_child(world).ids
    signaal = SOORTEN_VAN_FEIT["signaal"]
    told = world["teamleider"].made(signaal.path(other), signaal.body(other)).id
    body = {**waarheen(soort.naam, {**other, "signaal": told}), "reden": "verkeerd kind"}
    path = f"/{soort.meervoud}/{made.id}/verplaatsing"
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "reden": "anders"}, made.etag, soort.naam)


def _end(world: World) -> Verzoek:
    path = f"/plaatsingen/{fresh(world, 'plaatsing').id}/beeindiging"
    body = {"tot": "2026-11-30", "eindreden": "naar huis"}
    return Verzoek(world["teamleider"], "POST", path, body, {**body, "tot": "2026-12-01"}, target="plaatsing")


def _approve(world: World) -> Verzoek:
    path = f"/uitzonderingen/{fresh(world, 'uitzondering').id}/goedkeuring"
    return Verzoek(world["gedragswetenschapper"], "POST", path, None, {}, target="uitzondering")


def _search(world: World, meervoud: str, naam: str) -> Verzoek:
    return Verzoek(world["teamleider"], "POST", f"/{meervoud}/_zoek", {"naam": naam}, {"naam": "Anders"})
