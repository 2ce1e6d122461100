"""The trigger that puts each new transaction of the book into `ledger_unplaced`, on both engines."""

_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_txn_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO ledger_unplaced (txn_id) VALUES (NEW.id); RETURN NULL; END $$
"""


def statements(dialect: str) -> list[str]:
    """The DDL for `dialect` («sqlite» or «postgresql»); both tables must be there."""
    if dialect == "postgresql":
        trigger = "CREATE TRIGGER ledger_txn_waits AFTER INSERT ON ledger_txn FOR EACH ROW"
        return [_FUNCTION, f"{trigger} EXECUTE FUNCTION ledger_txn_waits()"]
    return [
        "CREATE TRIGGER ledger_txn_waits AFTER INSERT ON ledger_txn "
        "BEGIN INSERT INTO ledger_unplaced (txn_id) VALUES (NEW.id); END"
    ]
