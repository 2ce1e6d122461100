"""Fifteen instructive incidents of others, and the tests that keep each from happening here: `file::test`."""

INCIDENTS: dict[str, tuple[str, ...]] = {
    "what a donor typed is made into objects": (
        "tests/house/test_incidents.py::test_nothing_that_came_in_is_made_into_objects_or_code",
        "tests/web/give/test_any_words.py::test_whatever_is_typed_into_the_form_of_a_gift_is_answered",
    ),
    "an address asks nobody who they are": (
        "tests/house/test_routes.py::test_every_view_declares_a_policy",
        "tests/web/test_route_matrix.py::test_every_role_gets_through_the_doors_of_the_matrix_and_no_others",
    ),
    "what is not forbidden is allowed": (
        "tests/house/test_incidents.py::test_a_view_without_a_policy_is_refused",
    ),
    "a list shows what belongs to another house": (
        "tests/web/test_two_tenants.py::test_no_page_tells_an_id_of_another_house",
        "tests/web/test_two_tenants.py::test_no_file_tells_anything_of_another_house",
    ),
    "an id that nobody can guess is taken for a permission": (
        "tests/web/test_two_tenants.py::test_no_form_is_taken_for_a_thing_of_another_house",
        "tests/web/finance/test_transfers.py::test_the_receipt_of_another_claim_is_not_found_under_this_one",
    ),
    "an interface tells more than its page": (
        "tests/web/test_public_json.py::test_what_everybody_may_read_as_json_has_these_names_and_no_others",
        "tests/house/test_incidents.py::test_no_address_counts",
    ),
    "a hidden field is read through another door": (
        "tests/web/test_canary.py::test_no_address_answers_with_anything_private",
        "tests/web/test_canary.py::test_no_form_answers_with_anything_private",
    ),
    "many tries at once are more than a limit": (
        "tests/web/account/test_crowds.py::test_thirty_tries_at_once_are_still_ten",
        "tests/web/account/test_crowds.py::test_of_many_who_follow_one_link_at_once_one_gets_through",
    ),
    "two spellings are two people, and one link opens twice": (
        "tests/domain/accounts/test_actions.py::test_nobody_can_be_minas_twin",
        "tests/web/account/test_reset.py::test_a_link_works_once_and_then_is_gone",
    ),
    "the way back after signing in leads elsewhere": (
        "tests/web/account/test_signin.py::test_nobody_can_plant_an_address",
        "tests/web/account/test_signin.py::test_a_token_of_another_purpose_or_with_another_host_is_no_address",
    ),
    "the site asks an address somebody else chose": (
        "tests/house/test_incidents.py::test_only_two_modules_ask_outside_and_the_client_of_gateways_follows_nothing",
    ),
    "what was typed runs as a script": (
        "tests/house/test_templates.py::test_what_people_typed_is_always_escaped",
        "tests/web/test_typed_markup.py::test_markup_in_whatever_was_typed_stays_text",
        "tests/domain/claims/test_pictures.py::test_drawings_pages_and_archives_are_no_receipts_whatever_they_are_called",
    ),
    "a form of another site is taken, a gateway that is off is used": (
        "tests/house/test_routes.py::test_forms_sent_by_other_sites_are_refused",
        "tests/web/give/test_ways.py::test_one_that_is_not_offered_is_not_used_and_nothing_is_typed_twice",
    ),
    "a cache shows somebody the page of another": (
        "tests/house/test_routes.py::test_public_pages_have_no_cookie_and_do_not_vary_with_one",
        "tests/house/test_routes.py::test_only_cacheable_pages_may_be_kept_by_others",
    ),
    "a key that can be guessed, a store that stands open": (
        "tests/house/test_incidents.py::test_secrets_come_from_the_system_and_are_long",
        "tests/test_config.py::test_an_unsafe_site_does_not_start_and_says_why",
    ),
}
