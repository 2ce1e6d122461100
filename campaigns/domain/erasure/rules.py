"""What becomes of every column that holds text once a person asks to be forgotten.

A column that is in none of these tables, and whose name is in none of `NEVER`, fails the build: whoever adds one says
here what becomes of it.
"""

NEVER = frozenset(
    (
        *("public_id", "state", "language", "gateway", "environment", "intent", "verb", "before", "after"),
        *("form_key", "kind", "role", "topic", "theme", "motif", "part", "format", "currency", "dedupe_key"),
        *(
            "hidden_marks",
            "reason_code",
            "outcome",
            "why",
            "via",
            "act",
            "what",
            "sha256",
            "short_code",
            "media_type",
        ),
    )
)
"""Names of columns that hold words of our own in every table."""
ERASED = {
    "contribution": "donor_name mobile dedication message hidden_marks salt",
    "goods_pledge": "name mobile address arranged_note",
    "mandate": "donor_name mobile email",
    "receipt": "payer",
    "reminder": "email",
    "user": "name email mobile password_hash search_key",
}
"""Emptied when the person is erased (`donors`, `people`)."""
DELETED = {
    "letter": "to subject body unsubscribe_url",
    "login_session": "data address agent",
    "reset_link": "secret_hash",
}
"""Rows that go with the person."""
BY_THEMSELVES = {
    "shift_signup": "email",
    "surge_signup": "name offer",
    "thanks": "name shown_name",
    "verification_words": "reason note",
    "volunteer": "name mobile licence_number about reason",
    "volunteer_evidence": "stored sha256",
    "volunteer_request": "typed",
}
"""Volunteers erase themselves, with the link of their own page (`volunteers.erasing`)."""
KEPT = {
    "audit_entry": "role",
    "claim_receipt": "stored sha256",
    "claim_step": "note",
    "decision": "note",
    "erasure_request": "reason",
    "gift_batch_statement": "content",
    "goods_pledge_step": "note",
    "heard_receipt": "receipt_ref",
    "hour_entry": "note",
    "intake": "giver damage void_reason",
    "ledger_txn": "memo",
    "mandate": "sealed contract_ref",
    "mandate_step": "detail",
    "match_pool": "sponsor bank_account bank_reference",
    "payment_attempt": "card_mask bank_ref redirect_url redirect_fields gateway_ref receipt_ref",
    "payment_event": "payload outcome",
    "receipt": "trace card_last4 void_note",
    "refund": "reason_text provider_ref",
    "refund_step": "note",
    "report_line": "name said",
    "review_item": "detail",
    "review_step": "evidence",
    "spending": "payee thing document bank_account bank_reference reason",
    "spending_paper": "stored",
    "statement_file": "packed",
    "statement_line": "description tracking last4 document",
    "statement_step": "note",
    "stock_movement": "reason",
    "transfer_claim": "tracking payer_last4 reason",
}
"""What the law or the proof of the book wants kept, as `KEEPING` tells."""
PUBLIC = {
    "bank_account": "card_number sheba holder bank",
    "campaign": "contact_name contact_phone state_reason search_key",
    "campaign_edit": "data base",
    "campaign_move": "reason",
    "campaign_text": "title lead story unit_name surplus_rule",
    "campaign_update": "title body",
    "delivery": "note stored correction reason",
    "drop_off_place": "name_fa name_en address_fa address_en hours_fa hours_en phone",
    "faq": "question answer",
    "final_report": "body surplus",
    "listed_shop": "name address phone",
    "memorandum": "subject_fa subject_en terms_fa terms_en state_reason",
    "memorandum_move": "reason",
    "memorandum_paper": "content",
    "need_edit": "data",
    "organization": "name_fa name_en license_number phone about_fa about_en",
    "partner_logo": "content",
    "partner_profile": "license_number about_fa about_en website",
    "role_wording": "name_fa name_en text_fa text_en place_fa place_en",
    "surge": "title_fa title_en about_fa about_en",
}
"""What an organization publishes or writes of its work. Whom it names there it names on purpose."""
NOT_PERSONAL = {
    "audit_entry": "object_kind object_id request_id",
    "breach": "name detail",
    "breach_clearance": "reason",
    "bucket": "name",
    "campaign": "slug goal_policy",
    "card_reader": "number",
    "cash_deposit": "bank_account slip reason",
    "contribution": "code message_state",
    "county": "name_fa name_en",
    "decision": "subject_kind verdict",
    "gateway_account": "sealed",
    "gateway_health": "error error_kind error_code",
    "gateway_report": "terminal source",
    "gift_batch": "channel operator statement_name statement_hash reason",
    "gift_batch_return": "note answer",
    "goods_box": "code",
    "goods_pledge": "code way",
    "grant_kind": "code name_fa name_en",
    "hour_vow": "code",
    "intake": "worth",
    "ledger_account": "code",
    "ledger_checkpoint": "root head public_key signature",
    "ledger_place": "prev_hash hash leaf_hash commitment",
    "ledger_subtree": "hash",
    "ledger_txn": "idempotency_key reference_kind commitment",
    "login_session": "id_hash",
    "mandate_step": "step by",
    "memorandum": "division",
    "memorandum_paper": "use",
    "need_edit": "about about_id digest",
    "need_line": (
        "key item_key item_fa item_en accepted_fa accepted_en refused_fa refused_en unit_fa unit_en"
    ),
    "office": "code name_fa name_en paper",
    "office_sheet": "reason note",
    "old_slug": "slug",
    "organization": "slug",
    "payment_event": "source",
    "pool_closing": "word reason bank_account bank_reference",
    "preset": "thing_fa thing_en",
    "province": "code name_fa name_en",
    "receipt": "void_reason",
    "refund": "account",
    "report_line": "bucket",
    "settlement": "terminal bank_account bank_reference note reason",
    "settlement_part": "terminal",
    "shift_signup": "code",
    "speciality": "code division name_fa name_en",
    "spending": "purpose",
    "stamp": "name",
    "statement_import": "name layout",
    "statement_layout": "fingerprint columns unit",
    "statement_line": "checksum shape rule",
    "statement_return": "reason",
    "stock": "key item unit",
    "surge": "slug",
    "thanks": "code holder_code",
    "unit_cost": "label_fa label_en",
    "volunteer": "code",
    "volunteer_request": "code",
    "warehouse": "code name_fa name_en",
}
"""Words of our own, codes, fingerprints."""

RULES: dict[str, frozenset[str]] = {}
"""All of these, by table."""
for _table in (ERASED, DELETED, BY_THEMSELVES, KEPT, PUBLIC, NOT_PERSONAL):
    for _name, _columns in _table.items():
        RULES[_name] = RULES.get(_name, frozenset()) | frozenset(_columns.split())
