"""The tables whose changes by people of the house are not written down, each with its reason. All others are."""

_MACHINERY = "the machinery's own notes: no act of a person"
_BOOK = "the book is a log itself, sealed and checked"
_COUNT = "a count that follows from rows which are written down"
_BULK = "made from a file or a report that is written down as a whole"
_OWN_LOG = "this log itself"

UNWATCHED: dict[str, str] = {
    **dict.fromkeys(
        ("bucket", "stamp", "letter", "gateway_health", "match_cursor", "heard_receipt", "queue_entry"),
        _MACHINERY,
    ),
    "login_session": "signing in and out is written down by the doors; looking at a page is not",
    **dict.fromkeys(
        ("known_place", "recovery_code"), "follows from a sign-in or a factor that is written down"
    ),
    **dict.fromkeys(
        ("shown_file", "picture", "shelf_paper"),
        "files of blocks: the blocks that name them are written down",
    ),
    "reset_link": "the account's own record says that a link was made",
    **dict.fromkeys(("ledger_account", "ledger_checkpoint", "ledger_day", "ledger_flow"), _BOOK),
    **dict.fromkeys(("ledger_place", "ledger_subtree", "ledger_transfer", "ledger_txn"), _BOOK),
    **dict.fromkeys(("ledger_unplaced", "payment_event"), _BOOK),
    **dict.fromkeys(("campaign_rollup", "intake_count", "receipt_count"), _COUNT),
    **dict.fromkeys(("report_line", "statement_line", "statement_file", "gift_batch_statement"), _BULK),
    "audit_entry": _OWN_LOG,
}


def is_watched(table: str) -> bool:
    return table not in UNWATCHED
