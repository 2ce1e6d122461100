"""Mutants that no test can notice, for they mean the same: by file and change, each with its reason."""

LEDGER = "campaigns/domain/ledger"
EQUIVALENT: dict[tuple[str, str], str] = {
    (
        f"{LEDGER}/tree.py",
        "within = LedgerPlace.seq.between(first + 1, last + 1) → "
        "within = LedgerPlace.seq.between(first + 1, last + 2)",
    ): "one hash more is read than a group has, and whoever reads a group takes its own part of it.",
    (
        f"{LEDGER}/checkpoints.py",
        "return db.session.scalar(query.order_by(LedgerCheckpoint.day).limit(1)) → "
        "return db.session.scalar(query.order_by(LedgerCheckpoint.day).limit( 2))",
    ): "`scalar` takes the first row, however many there are.",
    (
        f"{LEDGER}/leaf.py",
        "@dataclass(frozen=True, slots=True) → @dataclass( slots=True)",
    ): "nothing changes an entry that was read; `frozen` says so to people.",
}
