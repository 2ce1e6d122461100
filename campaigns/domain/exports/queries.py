"""Reads of the log of exports."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campaigns.base.extensions import db
from campaigns.domain.exports.models import Export


def newest(user_id: int | None = None, limit: int = 50) -> list[Export]:
    """The newest files, of everybody or of one person."""
    query = select(Export).options(joinedload(Export.user)).order_by(Export.id.desc()).limit(limit)
    return list(db.session.scalars(query if user_id is None else query.where(Export.user_id == user_id)))
