"""Faults to plant in the pages: a form that ignores a field, a check that is gone, a count or a list that is wrong.

Each names the test that must turn red.
"""
# ruff: noqa: E501 - one fault a line reads as a table

from typing import NamedTuple


class Plant(NamedTuple):
    """One fault: in which file of ``app``, which text becomes which, and the test of ``tests`` that notices."""

    naam: str
    bestand: str
    oud: str
    nieuw: str
    ziet: str


PLANTEN = (
    Plant("stijging door uitzonderingen is geen stijging", "routers/pages/kwartaaltoetsen/trend.py", "or now.zonder > before.zonder", "or now.zonder <= before.zonder", "routers/pages/test_trend.py::test_a_rise_that_comes_from_exceptions_alone_is_told"),
    Plant("een naam in de kop, voor wie namen verbergt", "templates/bezoek/formulier.html", "Bezoek aan {{ n(kind.naam) }}", "Bezoek aan {{ kind.naam }}", "paginas/rondgang/test_namen.py::test_no_page_tells_a_name_while_names_are_hidden"),
    Plant("een naam in een keuzelijst, voor wie namen verbergt", "templates/team/overdracht.html", "Blijft bij {{ gever.naam }}</option>", "Blijft bij {{ gever.naam }}, {{ kind.naam }} ook</option>", "paginas/rondgang/test_namen.py::test_no_page_tells_a_name_while_names_are_hidden"),
    Plant("een naam in de titel", "templates/bezoek/formulier.html", "{% block titel %}Bezoek vastleggen{% endblock %}", "{% block titel %}Bezoek aan {{ kind.naam }}{% endblock %}", "paginas/rondgang/test_namen.py::test_no_title_and_no_address_says_who_it_is_about"),
    Plant("waarom iemand afwijst gaat verloren", "routers/pages/beheer/vernietigingen.py", 'form.get("waarom") or None', "None", "paginas/test_bewaren.py::test_a_request_becomes_a_proposal_that_one_approves_once"),
    Plant("wie goedkeurde mag nog eens", "routers/pages/beheer/vernietigingen.py", " and Vernietigingsoordeel.GOEDGEKEURD not in mine", "", "paginas/test_bewaren.py::test_a_request_becomes_a_proposal_that_one_approves_once"),
    Plant("oordeel over een oudere versie", "routers/pages/beheer/vernietigingen.py", "check_version=as_seen(form)", "check_version=any_version", "paginas/test_bewaren.py::test_a_request_becomes_a_proposal_that_one_approves_once"),
    Plant("goedkeuren ondanks een blokkade", "routers/pages/beheer/vernietigingen.py", "not row.geblokkeerd and ", "", "paginas/test_bewaren.py::test_what_is_held_is_not_offered_to_approve"),
    Plant("eigen woorden ongevraagd mee", "routers/pages/beheer/inzageverzoek.py", 'form.get("eigen") == "ja"', "True", "paginas/test_inzageverzoek.py::test_the_file_is_given_and_the_log_says_for_whom_and_why"),
    Plant("weg te laten namen niet gelezen", "routers/pages/beheer/inzageverzoek.py", '[line for line in form.get("weglaten", "").splitlines() if line.strip()]', "[]", "paginas/test_inzageverzoek.py::test_the_file_is_given_and_the_log_says_for_whom_and_why"),
    Plant("het log van een kind is dat van allen", "routers/pages/beheer/wijzigingen.py", "list_wijzigingen(session, actor, vraag,", "list_wijzigingen(session, actor, WijzigingenFilter(),", "paginas/test_wijzigingen.py::test_a_correction_shows_who_changed_what_and_why"),
    Plant("waarom iets veranderde staat er niet", "routers/pages/beheer/wijzigingen.py", "reden=row.reden", "reden=None", "paginas/test_wijzigingen.py::test_a_correction_shows_who_changed_what_and_why"),
    Plant("VGB twee keer vastgelegd", "routers/pages/gezinnen.py", "send(request, session, actor, form, work)", "work()", "paginas/test_vgb_ingetrokken.py::test_the_withdrawal_is_recorded_on_the_page_of_the_family_once"),
    Plant("herscreening niet gelezen", "routers/pages/gezinnen.py", 'form.get("herscreening") or None', "None", "paginas/test_vgb_ingetrokken.py::test_the_next_screening_is_kept_with_the_vgb"),
    Plant("een ander las het voor u", "routers/pages/dossieroverdracht.py", 'any(one["medewerker_id"] == actor.medewerker_uid for one in gegeven.lezingen)', "bool(gegeven.lezingen)", "paginas/test_dossieroverdracht.py::test_who_read_it_says_so_once_and_plans_the_first_meeting"),
    Plant("lezen wordt niet vastgelegd", "routers/pages/dossieroverdracht.py", 'if form.get("gelezen"):', 'if form.get("las"):', "paginas/test_dossieroverdracht.py::test_who_read_it_says_so_once_and_plans_the_first_meeting"),
    Plant("actie van wie weg is heeft een eigenaar", "routers/pages/dossieroverdracht.py", "van not in namen or namen[van].weg", "van not in namen", "paginas/test_dossieroverdracht.py::test_what_was_agreed_by_who_left_is_said_to_be_of_nobody"),
    Plant("elk kind is nieuw", "routers/pages/dossieroverdracht.py", " and kind.begeleider_sinds >= vandaag - _NIEUW", "", "paginas/test_dossieroverdracht.py::test_a_child_is_new_for_six_weeks"),
    Plant("wat te laat is staat niet op het blad", "routers/pages/dossieroverdracht.py", "item.oordeel.stand is Stand.TE_LAAT", "item.oordeel.stand is Stand.UITZONDERING", "paginas/test_dossieroverdracht.py::test_it_says_what_somebody_must_know_first"),
    Plant("ruisfactor kiezen doet niets", "routers/pages/bespreken.py", "ruisfactor=vraag.ruisfactor or None", "ruisfactor=None", "paginas/test_bespreken.py::test_one_ruisfactor_shows_the_children_in_whose_case_it_was_found"),
    Plant("wie van geen team is, is van elk team", "routers/pages/bespreken.py", "outside=[one.uid for one in teams] if wie == _GEEN else None", "outside=None", "paginas/test_bespreken.py::test_who_sees_every_team_chooses_one_and_no_child_is_in_none"),
    Plant("wie erbij was telt niet", "routers/pages/bespreken.py", '"deelnemers": present or None', '"deelnemers": None', "paginas/test_bespreken.py::test_what_was_agreed_stands_on_the_list_of_who_does_it"),
    Plant("een actie weet niet uit welke bespreking", "routers/pages/bespreken.py", ', "casuistiekbespreking_id": made["uid"]}', "}", "paginas/test_bespreken.py::test_what_was_agreed_stands_on_the_list_of_who_does_it"),
    Plant("opvolging is uit te stellen", "routers/pages/uitstel/uitstellen.py", " and oordeel.norm.code not in NOOIT_UITGESTELD", "", "paginas/test_uitstel.py::test_what_must_be_done_after_a_worry_is_no_choice"),
    Plant("uitzondering zonder akkoord is uit te stellen", "routers/pages/uitstel/uitstellen.py", 'one["goedgekeurd_door"] is not None and ', "", "paginas/test_uitstel.py::test_of_an_uitzondering_the_end_is_put_off_once_it_is_approved"),
    Plant("uitstel onder geen reden", "routers/pages/uitstel/uitstellen.py", '"reden": form.get("reden", "")', '"reden": "anders"', "paginas/test_uitstel.py::test_what_is_put_off_is_read_on_the_page_and_in_the_lists"),
    Plant("geweld niet gelezen", "routers/pages/signalen/formulier.py", '("onthulling", "geweld", "letsel")}', '("onthulling", "letsel")}', "paginas/test_signalen.py::test_a_signaal_is_recorded_once_with_all_that_it_says_and_without_a_meldcode_that_nobody_chose"),
    Plant("bron niet gelezen", "routers/pages/signalen/formulier.py", 'form.get("bron") or None', "None", "paginas/test_signalen.py::test_a_signaal_is_recorded_once_with_all_that_it_says_and_without_a_meldcode_that_nobody_chose"),
    Plant("twijfel is geen twijfel", "routers/pages/signalen/formulier.py", '"twijfel": (True, True)', '"twijfel": (True, False)', "paginas/test_signalen.py::test_a_signaal_is_recorded_once_with_all_that_it_says_and_without_a_meldcode_that_nobody_chose"),
    Plant("meldcode krijgt altijd vandaag", "routers/pages/signalen/formulier.py", 'form.get("meldcode-datum") or vandaag', "vandaag", "paginas/test_signalen.py::test_a_child_that_told_it_gives_a_signaal_with_the_first_steps_filled_in_and_one_overleg_answers_both"),
    Plant("stap van de meldcode altijd vandaag", "routers/pages/signalen/vastleggen.py", 'form.get("datum") or moment.vandaag', "moment.vandaag", "paginas/test_signalen.py::test_the_five_steps_of_the_meldcode_are_taken_one_by_one"),
    Plant("overleg altijd vandaag", "routers/pages/signalen/opvolging.py", 'form.get("datum") or moment.vandaag', "moment.vandaag", "paginas/test_opvolgstappen.py::test_an_overleg_that_was_in_time_and_is_written_down_later_is_in_time"),
    Plant("een overleg antwoordt een zorg alleen", "routers/pages/formulieren/opvolgstap.py", "dict.fromkeys((*own, *others))", "dict.fromkeys(own)", "paginas/test_signalen.py::test_a_child_that_told_it_gives_a_signaal_with_the_first_steps_filled_in_and_one_overleg_answers_both"),
    Plant("wie voorstelde keurt goed", "routers/pages/samenvoegingen/besluiten.py", "mag and waits and not eigen", "mag and waits", "paginas/test_samenvoegingen.py::test_another_finds_it_approves_it_and_undoes_it"),
    Plant("herstellen na de termijn", "routers/pages/samenvoegingen/besluiten.py", 'merged and nu <= found["herstelbaar_tot"]', "merged", "paginas/test_samenvoegingen.py::test_what_can_no_longer_be_undone_is_not_offered"),
    Plant("dat het al is voorgesteld staat er niet", "routers/pages/samenvoegingen/voorstel.py", "ander is not None and is_proposed(session, kind, ander, clock.now())", "False", "paginas/test_samenvoegvoorstel.py::test_two_files_are_proposed_once"),
    Plant("een gezin uit elkaar", "routers/pages/team/overdracht.py", "kind.gezin_uid or kind.uid, []", "kind.uid, []", "paginas/test_team.py::test_children_of_one_family_go_to_one_and_who_has_fewer_gets_more"),
    Plant("wie al veel heeft krijgt even veel", "routers/pages/team/overdracht.py", 'found.heeft.get(one["uid"], 0) for one in found.anderen if', "0 for one in found.anderen if", "paginas/test_team.py::test_children_of_one_family_go_to_one_and_who_has_fewer_gets_more"),
    Plant("een ander team neemt over", "routers/pages/team/overdracht.py", 'bool(medewerker["team_id"] == van["team_id"])', "True", "paginas/test_team.py::test_children_go_to_two_others_in_one_go_or_stay_all_of_them"),
    Plant("een ander team valt in", "routers/pages/team/afwezigheid.py", 'bool(medewerker["team_id"] == weg["team_id"])', "True", "paginas/test_afwezigheid.py::test_a_teamleider_lets_a_colleague_cover_and_sees_who_is_away"),
    Plant("wie weg ging heeft geen rij", "routers/pages/team/team.py", "return left + [", "return [", "paginas/test_team.py::test_a_child_of_who_left_stays_in_a_row_until_another_has_it"),
    Plant("afwezigen van elk team", "routers/pages/team/team.py", 'own in (None, teams.get(one["medewerker_id"]))', "True", "paginas/test_team.py::test_who_covers_for_whom_is_said_at_the_child_and_in_the_row"),
    Plant("vaststellen zonder vraag", "routers/pages/kwartaaltoetsen/toetsen.py", 'if form.get("zeker") != "ja":', 'if form.get("zeker") == "nee":', "paginas/test_kwaliteit.py::test_an_audit_is_frozen_after_a_last_question_and_exactly_as_it_was_seen"),
    Plant("vaststellen van wat niemand zag", "routers/pages/kwartaaltoetsen/toetsen.py", 'if form.get("digest") != toets.digest:', 'if not form.get("digest"):', "paginas/test_kwaliteit.py::test_an_audit_is_frozen_after_a_last_question_and_exactly_as_it_was_seen"),
    Plant("een getal leidt naar anderen", "routers/pages/kwartaaltoetsen/toetsen.py", "navolgbaar=only, keuze=keuze)", "navolgbaar=only)", "paginas/test_kwaliteit.py::test_each_figure_of_children_leads_to_as_many_of_them"),
    Plant("stijging door uitzonderingen verzwegen", "routers/pages/kwartaaltoetsen/toetsen.py", '"uitzonderingen": only_by_uitzondering(trend)', '"uitzonderingen": None', "paginas/test_kwaliteit.py::test_a_rise_by_exceptions_alone_is_said_on_the_page"),
    Plant("wat vaststaat is nog eens op te maken", "routers/pages/kwartaaltoetsen/toetsen.py", " if kwartaal not in frozen]", "]", "paginas/test_kwaliteit.py::test_an_audit_is_frozen_after_a_last_question_and_exactly_as_it_was_seen"),
    Plant("publiceren zonder vraag", "routers/pages/kwartaaltoetsen/publicaties.py", 'if form.get("zeker") != "ja":', 'if form.get("zeker") == "nee":', "paginas/test_publicatie.py::test_figures_go_out_after_a_last_question_and_come_back_with_a_reason"),
    Plant("fouten van een werkboek vallen weg", "routers/pages/importen.py", "max(len(wrong) - GETOOND, 0)", "0", "paginas/test_importen.py::test_what_does_not_fit_on_the_screen_is_counted"),
    Plant("een bespreking zonder woorden", "routers/pages/noodtoegang.py", 'form.get("toelichting", "")', '"besproken"', "paginas/test_noodtoegang.py::test_a_file_is_opened_with_a_reason_and_talked_about"),
    Plant("een gedane actie van een oudere versie", "routers/pages/acties.py", "check_version=as_seen(form)", "check_version=lambda _: None", "paginas/test_acties.py::test_an_action_is_on_the_list_of_who_agreed_to_it_until_it_is_done"),
)  # fmt: skip
