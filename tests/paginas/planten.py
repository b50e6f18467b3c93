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
    Plant("elk kind is nieuw", "routers/pages/kinderen/nieuw.py", " and sinds >= vandaag - _NIEUW", "", "paginas/test_dossieroverdracht.py::test_a_child_is_new_for_six_weeks"),
    Plant("wat te laat is staat niet op het blad", "routers/pages/dossieroverdracht.py", "item.oordeel.stand is Stand.TE_LAAT", "item.oordeel.stand is Stand.UITZONDERING", "paginas/test_dossieroverdracht.py::test_it_says_what_somebody_must_know_first"),
    Plant("ruisfactor kiezen doet niets", "routers/pages/bespreken.py", "ruisfactor=vraag.ruisfactor or None", "ruisfactor=None", "paginas/test_bespreken.py::test_one_ruisfactor_shows_the_children_in_whose_case_it_was_found"),
    Plant("wie van geen team is, is van elk team", "routers/pages/bespreken.py", "outside=[one.uid for one in teams] if wie == _GEEN else None", "outside=None", "paginas/test_bespreken.py::test_who_sees_every_team_chooses_one_and_no_child_is_in_none"),
    Plant("wie erbij was telt niet", "routers/pages/bespreken.py", '"deelnemers": present or None', '"deelnemers": None', "paginas/test_bespreken.py::test_what_was_agreed_stands_on_the_list_of_who_does_it"),
    Plant("een actie weet niet uit welke bespreking", "routers/pages/bespreken.py", ', "casuistiekbespreking_id": made["uid"]}', "}", "paginas/test_bespreken.py::test_what_was_agreed_stands_on_the_list_of_who_does_it"),
    Plant("opvolging is uit te stellen", "routers/pages/uitstel/uitstellen.py", " and oordeel.norm.code not in NOOIT_UITGESTELD", "", "paginas/test_uitstel.py::test_what_must_be_done_after_a_worry_is_no_choice"),
    Plant("uitzondering zonder akkoord is uit te stellen", "routers/pages/uitstel/uitstellen.py", 'one["goedgekeurd_door"] is not None and ', "", "paginas/test_uitstel.py::test_of_an_uitzondering_the_end_is_put_off_once_it_is_approved"),
    Plant("uitstel onder geen reden", "routers/pages/uitstel/uitstellen.py", '"reden": form.get("reden", "")', '"reden": "anders"', "paginas/test_uitstel.py::test_what_is_put_off_is_read_on_the_page_and_in_the_lists"),
    Plant("geweld niet gelezen", "routers/pages/signalen/formulier.py", '("onthulling", "geweld", "letsel")}', '("onthulling", "letsel")}', "paginas/test_signalen.py::test_what_is_ticked_of_a_signaal_is_recorded_and_nothing_else"),
    Plant("bron niet gelezen", "routers/pages/signalen/formulier.py", 'form.get("bron") or None', "None", "paginas/test_signalen.py::test_a_signaal_is_recorded_once_with_all_that_it_says_and_without_a_meldcode_that_nobody_chose"),
    Plant("twijfel is geen twijfel", "routers/pages/signalen/formulier.py", '"twijfel": (True, True)', '"twijfel": (True, False)', "paginas/test_signalen.py::test_a_signaal_is_recorded_once_with_all_that_it_says_and_without_a_meldcode_that_nobody_chose"),
    Plant("meldcode krijgt altijd vandaag", "routers/pages/signalen/formulier.py", 'form.get("meldcode-datum", vandaag)', "vandaag", "paginas/test_signalen.py::test_a_child_that_told_it_gives_a_signaal_with_the_first_steps_filled_in_and_one_overleg_answers_both"),
    Plant("stap van de meldcode altijd vandaag", "routers/pages/signalen/vastleggen.py", 'form.get("datum", moment.vandaag)', "moment.vandaag", "paginas/test_signalen.py::test_the_five_steps_of_the_meldcode_are_taken_one_by_one"),
    Plant("overleg altijd vandaag", "routers/pages/signalen/opvolging.py", 'form.get("datum", moment.vandaag)', "moment.vandaag", "paginas/test_opvolgstappen.py::test_an_overleg_that_was_in_time_and_is_written_down_later_is_in_time"),
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
    Plant("stijging door uitzonderingen verzwegen", "routers/pages/kwartaaltoetsen/cijfers.py", '"uitzonderingen": only_by_uitzondering(trend)', '"uitzonderingen": None', "paginas/test_kwaliteit.py::test_a_rise_by_exceptions_alone_is_said_on_the_page"),
    Plant("wat vaststaat is nog eens op te maken", "routers/pages/kwartaaltoetsen/toetsen.py", " if kwartaal not in frozen]", "]", "paginas/test_kwaliteit.py::test_an_audit_is_frozen_after_a_last_question_and_exactly_as_it_was_seen"),
    Plant("publiceren zonder vraag", "routers/pages/kwartaaltoetsen/publicaties.py", 'if form.get("zeker") != "ja":', 'if form.get("zeker") == "nee":', "paginas/test_publicatie.py::test_figures_go_out_after_a_last_question_and_come_back_with_a_reason"),
    Plant("fouten van een werkboek vallen weg", "routers/pages/importen.py", "max(len(wrong) - GETOOND, 0)", "0", "paginas/test_importen.py::test_what_does_not_fit_on_the_screen_is_counted"),
    Plant("een bespreking zonder woorden", "routers/pages/noodtoegang.py", 'form.get("toelichting", "")', '"besproken"', "paginas/test_noodtoegang.py::test_a_file_is_opened_with_a_reason_and_talked_about"),
    Plant("een gedane actie van een oudere versie", "routers/pages/acties.py", "check_version=as_seen(form)", "check_version=lambda _: None", "paginas/test_acties.py::test_an_action_is_on_the_list_of_who_agreed_to_it_until_it_is_done"),
    Plant("een pleeggezin van een ander team gevonden", "queries/pleegkinderen/zoeken.py", "scope, who = scope_of(actor), scope_parameters(actor, vandaag)", "scope, who = Scope.ORGANISATIE, scope_parameters(actor, vandaag)", "api/test_zoeken.py::test_a_family_is_found_by_who_may_see_it"),
    Plant("een plaatsing verbeterd door wie niet plaatst", "routers/pages/feiten/feit.py", "if naam in VERBLIJF:", "if naam in ():", "paginas/test_plaatsingen.py::test_who_may_not_place_reads_all_of_it_and_changes_nothing"),
    Plant("wat is gezocht staat er niet", "routers/pages/formulieren/gezinskeuze.py", "[*named, *found]", "[*named]", "paginas/test_plaatsingen.py::test_a_child_is_placed_in_a_family_that_was_searched_for_and_nothing_typed_is_lost"),
    Plant("de naam van een ander gezin bij een verbetering", "queries/pleeggezinnen.py", "where(wanted, holds(Pleeggezin, RowByRow()), seen)", "where(wanted, holds(Pleeggezin, RowByRow()))", "paginas/test_plaatsingen.py::test_the_family_of_a_correction_is_not_named_to_who_may_not_see_it"),
    Plant("fout van een gezin zonder veld", "routers/pages/plaatsingen/nieuw.py", '"pleeggezinId": "gezin"', '"pleeggezinId": "gezim"', "paginas/test_plaatsingen.py::test_what_is_wrong_in_a_plaatsing_is_said_at_its_field"),
    Plant("het gezin van een plaatsing ligt vast", "routers/pages/woorden/velden.py", '(PlaatsingVelden, "pleeggezin_id"): "gezin"', '(PlaatsingVelden, "pleeggezin_id"): "tekst"', "paginas/test_plaatsingen.py::test_a_plaatsing_is_corrected_and_stays_as_it_was_to_be_read"),
    Plant("wie begeleidt staat bij een andere plaatsing", "routers/pages/kinderen/verblijf.py", 'if one["plaatsing_id"] == stay["uid"]', 'if one["plaatsing_id"] != stay["uid"]', "paginas/test_plaatsingen.py::test_who_guided_a_child_and_when_is_corrected_and_withdrawn"),
    Plant("een norm strenger zonder dat iemand zag wat", "routers/pages/normen/aanscherpen.py", ' or form.get("gezien") != _digest(body):', ":", "paginas/test_aanscherping.py::test_a_norm_is_made_stricter_after_a_last_question_and_once"),
    Plant("wie al te laat was telt als nieuw", "queries/oordelen/aanscherping.py", " - _late(dossiers, now, eigen.code, day, caches[1]))", ")", "paginas/test_aanscherping.py::test_a_norm_is_made_stricter_after_a_last_question_and_once"),
    Plant("een soepeler getal zonder veld", "routers/pages/normen/aanscherpen.py", '"parameters": "getallen"', '"parameters": "x"', "paginas/test_aanscherping.py::test_what_would_loosen_a_norm_is_said_at_its_field_and_nothing_typed_is_lost"),
    Plant("een concept van een norm vergeten", "routers/pages/normen/aanscherpen.py", 'if norm and form.get("norm") != norm:', "if norm:", "paginas/test_aanscherping.py::test_what_was_typed_is_there_when_the_form_of_that_norm_is_opened_again"),
    Plant("een norm die nog niet geldt eindigt", "templates/normen/normen.html", "{{ 'intrekking' if v.begint else 'beeindiging' }}", "beeindiging", "paginas/test_aanscherping.py::test_what_was_made_stricter_ends_or_is_taken_back_on_the_page"),
    Plant("iedereen ziet hoe een norm strenger wordt", "routers/pages/normen/normen.py", "mag_aanscherpen=mag,", "mag_aanscherpen=True,", "paginas/test_aanscherping.py::test_who_may_not_tighten_has_no_such_forms"),
    Plant("een afgeleide ruisfactor is te kiezen", "routers/pages/ruisfactoren.py", " if one.mag_gescoord}", "}", "paginas/test_ruisfactoren.py::test_what_somebody_sees_is_recorded_once_and_is_a_reason_to_discuss"),
    Plant("tot wanneer een ruisfactor geldt zonder veld", "routers/pages/ruisfactoren.py", '"geldtTot": "geldt-tot"', '"geldtTot": "geldt"', "paginas/test_ruisfactoren.py::test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays"),
    Plant("fout van een intrekking zonder veld", "routers/pages/ruisfactoren.py", 'row = f"weg-{weg[0].over}" if weg else ""', 'row = ""', "paginas/test_ruisfactoren.py::test_what_was_seen_wrongly_is_taken_back"),
    Plant("wie niets vastlegt krijgt een formulier", "routers/pages/ruisfactoren.py", "mag=actor.may(Permission.FEIT_RECORD),", "mag=True,", "paginas/test_ruisfactoren.py::test_who_records_nothing_reads_it_and_others_see_nothing"),
    Plant("extra inzet aan wie haar al heeft", "routers/pages/extra_inzetten.py", ' if one["uid"] != found["eigenaar_id"])', ")", "paginas/test_extra_inzet.py::test_it_is_given_to_somebody_else_with_a_reason"),
    Plant("een reden die nergens wordt bewaard", "templates/beheer/webhooks.html", "value=\"{{ r.f.get('reden', '') }}\"", 'value=""', "paginas/rondgang/test_formulieren.py::test_every_form_has_a_key_and_keeps_why"),
    Plant("een knop zonder sleutel", "templates/acties/lijst.html", "{{ eenmalig(formulier) }}", '<input type="hidden" name="formulier" value="{{ formulier }}">', "paginas/rondgang/test_formulieren.py::test_every_form_has_a_key_and_keeps_why"),
    Plant("een pagina met een eigen weg", "routers/pages/acties.py", "send_about(request, session, actor, form, work, key)", "work()", "paginas/rondgang/test_formulieren.py::test_every_page_that_records_goes_by_the_one_rule"),
    Plant("een concept dat nergens opengaat", "routers/pages/formulieren/formulier.py", '("Webhook beëindigen", "/webhooks")', '("Webhook beëindigen", "/webhook")', "paginas/rondgang/test_formulieren.py::test_whatever_is_kept_is_opened_where_it_was_typed"),
    Plant("een tweede tik doet het nog eens", "routers/pages/formulieren/formulier.py", 'form.get("sleutel") or None, digest)', "None, digest)", "paginas/test_tweede_tik.py::test_a_second_tap_gets_the_outcome_of_the_first"),
    Plant("een fout noemt haar veld niet bij het label", "routers/pages/formulieren/veldnamen.py", "labels.get(fout.veld, escape(fout.naam))", "escape(fout.naam)", "paginas/rondgang/test_velden.py::test_every_fault_says_of_which_field_it_is"),
    Plant("wat leeg mag blijven zegt het niet", "templates/bezoek/formulier.html", "op zijn gemak in het gesprek? {{ mag_leeg }}", "op zijn gemak in het gesprek?", "paginas/rondgang/test_velden.py::test_what_may_be_left_empty_says_so_and_nothing_else_does"),
    Plant("na nee staat het er weer", "routers/pages/formulieren/formulier.py", 'if "nee" in velden else None', "if False else None", "paginas/concepten/test_nee.py::test_who_says_no_finds_nothing_of_it_again"),
    Plant("een oud concept zegt niets", "queries/concepten.py", "if moment is not None and moment > than else None", "if moment is not None and moment < than else None", "paginas/concepten/test_veranderd.py::test_it_says_that_something_was_recorded_since"),
    Plant("een tweede tabblad maakt een tweede bezoek", "routers/pages/formulieren/formulier.py", "if plek is not None and NOG_EEN not in form:", "if plek is None and NOG_EEN not in form:", "paginas/test_bezoek.py::test_the_same_visit_from_a_second_tab_is_asked_about_and_not_recorded_twice"),
    Plant("geen waarschuwing voor het vaststellen", "services/extra_inzetten.py", "_due(row, None) < vandaag", "_due(row, None) > vandaag", "paginas/test_kwaliteit.py::test_an_audit_is_frozen_after_a_last_question_and_exactly_as_it_was_seen"),
    Plant("wat laat is vastgelegd heet op tijd", "queries/namen.py", "case((is_late(soort, soort.model, day), recorded_on(soort, soort.model)))", "_NEVER", "paginas/test_dossieroverdracht.py::test_what_was_recorded_late_says_so_where_it_is_read_first"),
    Plant("twee begeleiders heten een", "routers/pages/kinderen/begeleiders.py", "if (one.naam, one.van) != own]", "if one.naam == own[0]]", "paginas/test_dossieroverdracht.py::test_the_child_s_page_tells_its_begeleiders_apart"),
    Plant("een dag als een computer hem schrijft", "templates/extra_inzetten/lijst.html", '<td data-kop="Uiterlijk">{{ x.uiterlijk|dag }}', '<td data-kop="Uiterlijk">{{ x.uiterlijk }}', "paginas/rondgang/test_gewone_woorden.py::test_every_day_and_every_code_is_said_in_words"),
)  # fmt: skip
