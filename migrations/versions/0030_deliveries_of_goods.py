"""what a delivery was of: a need, a box"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMED = {"need_id": "need_line", "box_id": "goods_box"}


def upgrade() -> None:
    for column, table in NAMED.items():
        name = op.f(f"fk_delivery_{column}")
        if op.get_bind().dialect.name == "sqlite":  # a batch would write the table anew, without its checks
            reference = f"INTEGER CONSTRAINT {name} REFERENCES {table} (id)"
            op.execute(sa.text(f"ALTER TABLE delivery ADD COLUMN {column} {reference}"))
        else:
            op.add_column("delivery", sa.Column(column, KEY, nullable=True))
            op.create_foreign_key(name, "delivery", table, [column], ["id"])
        op.create_index(op.f(f"ix_delivery_{column}"), "delivery", [column])


def downgrade() -> None:
    for column in NAMED:
        op.drop_index(op.f(f"ix_delivery_{column}"), "delivery")
        op.drop_column("delivery", column)
