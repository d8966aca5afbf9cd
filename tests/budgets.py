"""What the tests of each folder may cost, and why single ones may take longer; a larger budget needs a reason here."""

from typing import NamedTuple


class Budget(NamedTuple):
    """Seconds of Python's CPU time, children included, and of waiting, on two cores."""

    cpu: float
    wall: float


# How long the yardstick of tests/costs.py takes on the machine these budgets were measured on, with nothing beside it.
YARDSTICK_SECONDS = 0.02
SHARED = "(shared set-up)"
# A feature gets 45 and 60, and 45 in the browser. Those below were there before: the most that each took in three whole
# runs, one of them with the other core kept busy, and a fifth.
BUDGETS = {
    SHARED: Budget(65, 75),
    "access_requests": Budget(23, 40),
    "architecture": Budget(11, 13),
    "attachments": Budget(23, 27),
    # Backups and checkpoints wait for the disk.
    "audit": Budget(11, 45),
    "benchmarks": Budget(5, 15),
    # Every page in every state, for every feature: it grows by a feature's 45 seconds at most.
    "browser": Budget(182, 360),
    # Whole installations are started, killed and stopped; to ask whether they are ready takes time of its own.
    "compliance_portal": Budget(55, 75),
    "demo": Budget(8, 8),
    # Reports, the public page and the desk: three features by today's measure.
    "incidents": Budget(87, 105),
    "investigations": Budget(5, 8),
    # Workers and brokers of their own, some of them killed.
    "notifications": Budget(26, 45),
    "people": Budget(20, 31),
    # The library, its import from three kinds of files, and questions.
    "policies": Budget(86, 125),
    "vault": Budget(2, 2),
    "workflow": Budget(5, 6),
    # The scripts of forms on a page of their own, in a browser.
    "worklist": Budget(17, 37),
}
# States of pages that the browser looks at, by the module that lists them; those below were there before.
STATES_OF_A_FEATURE = 25
PAGE_STATES = {"access_pages": 37, "investigation_pages": 15, "pages": 176, "policy_pages": 46}
SLOW = {
    "tests/incidents/test_drafts_keep.py::test_a_choice_or_date_that_carries_something_else_is_kept_nowhere": (
        "each field with each value is a page sent"
    ),
    "tests/incidents/test_drafts_keep.py::test_a_null_character_in_any_field_breaks_nothing_and_is_kept_nowhere": (
        "each field at each place is a page sent"
    ),
    "tests/notifications/test_worker.py::test_everything_owed_while_no_worker_ran_arrives_once_it_is_back": (
        "a worker starts"
    ),
    "tests/notifications/test_worker.py"
    "::test_every_message_arrives_though_the_queues_folder_is_deleted_under_the_worker": "a worker starts",
    "tests/policies/test_importing_pdf.py::test_a_damaged_pdf_is_refused": "one of them unpacks to 300 MB",
    "tests/browser/test_access.py::test_a_request_passes_three_links_is_granted_runs_out_and_is_removed": (
        "six people at their windows, and two chores in processes of their own"
    ),
    "tests/browser/test_autosave.py::test_an_expired_sign_in_is_renewed_in_another_tab_and_the_report_is_sent": (
        "waits for the page's own pauses before it saves"
    ),
    "tests/browser/test_autosave.py::test_a_password_is_stopped_at_its_field_and_never_kept": (
        "waits for the page's own pauses before it saves"
    ),
    "tests/browser/test_journey.py::test_an_incident_is_reported_taken_up_decided_and_closed_and_everyone_is_told": (
        "the whole way of a case, with each mail it sends waited for and read"
    ),
    "tests/browser/test_policies.py::test_a_policy_goes_from_its_author_to_a_published_answer": "seven people's steps",
    "tests/browser/test_policies.py::test_without_scripts_a_policy_is_previewed_saved_approved_and_published": (
        "the whole way once more without a script"
    ),
    "tests/browser/test_public.py::test_who_tries_too_many_codes_reads_when_to_come_back_and_what_else_helps": (
        "ten codes that are slow to hash on purpose"
    ),
    "tests/browser/test_questions.py::test_without_a_script_a_question_is_asked_passed_on_answered_and_published": (
        "four people's steps without a script"
    ),
    "tests/browser/test_triage_desk.py::test_an_analyst_triages_two_reports_of_one_post_by_keyboard_alone": (
        "each step of an hour's work at the keyboard"
    ),
    "tests/browser/test_two_tabs.py::test_a_tab_left_behind_says_so_and_overwrites_nothing": (
        "waits for the page's own pauses in two tabs"
    ),
    "tests/compliance_portal/test_run.py::test_an_interrupt_stops_everything_within_seconds": (
        "web server, worker and beat finish what they do"
    ),
    "tests/compliance_portal/test_run.py"
    "::test_nothing_outlives_a_killed_start_but_the_database_which_the_next_one_takes_over": (
        "a whole portal ends and another starts"
    ),
    "tests/incidents/test_families.py::test_who_is_kept_from_what_is_asked_once_a_query": (
        "4,000 reports of 400 people, for what it holds down shows only among many"
    ),
    "tests/notifications/test_worker.py::test_a_message_arrives_once_though_the_worker_is_killed_while_sending_it": (
        "two workers start one after the other, and the first one's claim has to run out"
    ),
    "tests/policies/test_importing_pdf.py::test_200_pages_are_read_within_seconds": "a file of that size is promised",
    "tests/policies/test_page_costs.py::test_each_page_takes_at_most_eight_queries_and_as_many_however_much_it_shows": (
        "sixty policies with versions, clauses and remarks are written first"
    ),
}
