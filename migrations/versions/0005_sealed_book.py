"""a sealed book: chain, tree, daily checkpoints, sums by day; breaches

Transactions that have a place already are sealed in the order they have. They carry no commitment: who gave
them was written down without one.
"""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from campaigns.base import chain, merkle
from campaigns.base.appendonly import statements
from campaigns.base.jalali import tehran_day
from campaigns.domain.ledger.days import summed
from campaigns.domain.ledger.leaf import Account, Entry, Move, leaf


revision = "0005"
down_revision = "0004"


APPEND_ONLY = ("ledger_subtree", "ledger_checkpoint", "breach_clearance")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CORRECTING = "kind IN ('correction', 'reversal')"
CHUNK = 2_000

place = sa.table("ledger_place", *map(sa.column, ("seq", "txn_id", "prev_hash", "hash", "leaf_hash")))
txn = sa.table(
    "ledger_txn",
    *map(sa.column, ("id", "public_id", "kind", "campaign_id", "reverses_id")),
    sa.column("occurred_at", sa.DateTime(timezone=True)),
)
transfer = sa.table(
    "ledger_transfer", *map(sa.column, ("txn_id", "leg", "debit_id", "credit_id", "rials"))
)
account = sa.table("ledger_account", *map(sa.column, ("id", "code", "campaign_id")))
campaign = sa.table("campaign", *map(sa.column, ("id", "public_id")))
subtree = sa.table("ledger_subtree", *map(sa.column, ("level", "number", "hash")))
sums = sa.table(
    "ledger_day", sa.column("day", sa.Date()), *map(sa.column, ("account_id", "kind", "rials", "entries"))
)


def upgrade() -> None:
    _new_tables()
    with op.batch_alter_table("contribution") as batch_op:
        batch_op.add_column(sa.Column("salt", sa.LargeBinary(length=16), nullable=True))
    with op.batch_alter_table("ledger_txn") as batch_op:
        batch_op.add_column(sa.Column("commitment", sa.LargeBinary(length=32), nullable=True))
    dialect = op.get_bind().dialect.name
    _drop_triggers("ledger_place", dialect)
    with op.batch_alter_table("ledger_place") as batch_op:
        for name in ("prev_hash", "hash", "leaf_hash", "commitment"):
            batch_op.add_column(sa.Column(name, sa.LargeBinary(length=32), nullable=True))
    _seal_what_is_there()
    with op.batch_alter_table("ledger_place") as batch_op:
        for name in ("prev_hash", "hash", "leaf_hash"):
            batch_op.alter_column(name, existing_type=sa.LargeBinary(length=32), nullable=False)
    op.drop_index("ix_ledger_txn_campaign_id", "ledger_txn")
    op.create_index("ix_ledger_txn_campaign", "ledger_txn", ["campaign_id", "id"])
    op.create_index("ix_ledger_txn_correcting", "ledger_txn", ["id"], **_where(CORRECTING))
    op.create_index("ix_ledger_place_commitment", "ledger_place", ["commitment"], **_where("commitment IS NOT NULL"))
    for table in (*APPEND_ONLY, "ledger_place"):
        for statement in statements(table, dialect):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_ledger_place_commitment", "ledger_place")
    op.drop_index("ix_ledger_txn_correcting", "ledger_txn")
    op.drop_index("ix_ledger_txn_campaign", "ledger_txn")
    op.create_index("ix_ledger_txn_campaign_id", "ledger_txn", ["campaign_id"])
    for table, name in (
        ("ledger_place", "commitment"),
        ("ledger_place", "leaf_hash"),
        ("ledger_place", "hash"),
        ("ledger_place", "prev_hash"),
        ("ledger_txn", "commitment"),
        ("contribution", "salt"),
    ):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")  # not by copying: others refer to these tables
    for table in ("ledger_day", "breach_clearance", "ledger_subtree", "ledger_checkpoint", "breach"):
        op.drop_table(table)


def _new_tables() -> None:
    op.create_table(
        "breach",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clearances", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
        sa.UniqueConstraint("public_id", name=op.f("uq_breach_public_id")),
    )
    op.create_index("ix_breach_open", "breach", ["clearances"], **_where("clearances < 2"))
    op.create_index("uq_breach_standing", "breach", ["name", "detail"], unique=True, **_where("gone_at IS NULL"))
    op.create_table(
        "breach_clearance",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("breach_id", KEY, nullable=False),
        sa.Column("user_id", KEY, nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_clearance_breach_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_breach_clearance_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_clearance")),
        sa.UniqueConstraint("breach_id", "user_id", name=op.f("uq_breach_clearance_breach_id_user_id")),
    )
    op.create_table(
        "ledger_subtree",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_ledger_subtree")),
    )
    op.create_table(
        "ledger_checkpoint",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tree_size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_ledger_checkpoint")),
    )
    op.create_table(
        "ledger_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rials", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["ledger_account.id"], name=op.f("fk_ledger_day_account_id")),
        sa.PrimaryKeyConstraint("day", "account_id", "kind", name=op.f("pk_ledger_day")),
    )


def _seal_what_is_there() -> None:
    bind = op.get_bind()
    accounts = _accounts(bind)
    head, leaves, by_day, last = chain.BEGINNING, [], {}, 0
    while rows := bind.execute(_chunk(last)).all():
        moves = _moves(bind, [row.txn_id for row in rows], accounts)
        sealed = []
        for row in rows:
            entry = _entry(row, moves.get(row.txn_id, []))
            data = leaf(row.seq, entry)
            previous, head = head, chain.link(head, data)
            leaves.append(merkle.leaf_hash(data))
            sealed.append({"at": row.seq, "prev": previous, "head": head, "leaf": leaves[-1]})
            for key, (rials, number) in summed([entry]).items():
                kept = by_day.get(key, (0, 0))
                by_day[key] = (kept[0] + rials, kept[1] + number)
        bind.execute(
            sa.update(place)
            .where(place.c.seq == sa.bindparam("at"))
            .values(prev_hash=sa.bindparam("prev"), hash=sa.bindparam("head"), leaf_hash=sa.bindparam("leaf")),
            sealed,
        )
        last = rows[-1].seq
    _write_subtrees(bind, leaves)
    if by_day:
        bind.execute(
            sa.insert(sums),
            [
                {"day": day, "account_id": account_id, "kind": kind, "rials": rials, "entries": entries}
                for (day, account_id, kind), (rials, entries) in by_day.items()
            ],
        )


def _chunk(after: int) -> sa.Select:
    mirrored = txn.alias("mirrored")
    return (
        sa.select(
            place.c.seq,
            place.c.txn_id,
            txn.c.public_id,
            txn.c.kind,
            txn.c.occurred_at,
            txn.c.campaign_id,
            campaign.c.public_id.label("campaign"),
            mirrored.c.public_id.label("reverses"),
        )
        .select_from(place.join(txn, txn.c.id == place.c.txn_id))
        .outerjoin(campaign, campaign.c.id == txn.c.campaign_id)
        .outerjoin(mirrored, mirrored.c.id == txn.c.reverses_id)
        .where(place.c.seq > after)
        .order_by(place.c.seq)
        .limit(CHUNK)
    )


def _entry(row: sa.Row, moves: list[Move]) -> Entry:
    moment = row.occurred_at if row.occurred_at.tzinfo else row.occurred_at.replace(tzinfo=UTC)
    return Entry(
        txn_id=row.txn_id,
        public_id=row.public_id,
        kind=row.kind,
        occurred_at=moment,
        campaign_id=row.campaign_id,
        campaign=row.campaign,
        commitment=None,
        reverses=row.reverses,
        reverses_kind=None,
        reverses_campaign_id=None,
        day=tehran_day(moment),
        moves=moves,
    )


def _accounts(bind: sa.Connection) -> dict[int, Account]:
    query = sa.select(account, campaign.c.public_id).select_from(
        account.outerjoin(campaign, campaign.c.id == account.c.campaign_id)
    )
    return {row[0]: Account(*row) for row in bind.execute(query)}


def _moves(bind: sa.Connection, txn_ids: list[int], accounts: dict[int, Account]) -> dict[int, list[Move]]:
    query = sa.select(transfer).where(transfer.c.txn_id.in_(txn_ids)).order_by(transfer.c.txn_id, transfer.c.leg)
    found: dict[int, list[Move]] = {}
    for row in bind.execute(query):
        move = Move(accounts[row.debit_id], accounts[row.credit_id], row.rials)
        found.setdefault(row.txn_id, []).append(move)
    return found


def _write_subtrees(bind: sa.Connection, hashes: list[bytes]) -> None:
    level = 0
    while len(hashes) >= 256:
        level += 8
        whole = len(hashes) // 256
        hashes = [merkle.fold(hashes[at * 256 : (at + 1) * 256]) for at in range(whole)]
        bind.execute(
            sa.insert(subtree),
            [{"level": level, "number": number, "hash": made} for number, made in enumerate(hashes)],
        )


def _drop_triggers(table: str, dialect: str) -> None:
    if dialect == "postgresql":
        for name in ("no_change", "no_truncate"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
    else:
        for name in ("no_update", "no_delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
