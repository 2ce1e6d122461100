"""Token buckets in the database: how often somebody may try something, whatever process answers."""

import math
from datetime import datetime

from sqlalchemy import Float, String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from campaigns.base.clock import now
from campaigns.base.columns import At
from campaigns.base.extensions import Model, db


class Bucket(Model):
    __tablename__ = "bucket"
    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    tokens: Mapped[float] = mapped_column(Float)
    updated_at: Mapped[At]


def take(name: str, capacity: int, per_seconds: float) -> int:
    """Takes one token; the bucket refills `capacity` tokens every `per_seconds`.

    Returns 0 when there was one, else the whole seconds to wait. Does not commit: the caller's transaction
    must, also when the answer is a refusal. The row is locked by its upsert, so parallel takers queue.
    """
    moment = now()
    session = db.session()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    start = insert(Bucket).values(name=name, tokens=float(capacity), updated_at=moment)
    session.execute(start.on_conflict_do_update(index_elements=[Bucket.name], set_={"name": name}))
    bucket = session.execute(select(Bucket).where(Bucket.name == name).with_for_update()).scalar_one()
    session.refresh(bucket)
    rate = capacity / per_seconds
    passed = max(0.0, (moment - bucket.updated_at).total_seconds())
    tokens = min(float(capacity), bucket.tokens + passed * rate)
    bucket.updated_at = moment
    bucket.tokens = tokens - 1 if tokens >= 1 else tokens
    return 0 if tokens >= 1 else max(1, math.ceil((1 - tokens) / rate))


def forget_before(moment: datetime) -> None:
    """Drops buckets nobody touched since `moment`; they would be full again anyway."""
    db.session.execute(delete(Bucket).where(Bucket.updated_at < moment))
