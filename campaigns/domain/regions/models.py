"""Tables of regions. Provinces are fixed (ISO 3166-2:IR); counties are rows that staff may complete."""

from sqlalchemy import ForeignKey, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.columns import Key
from campaigns.base.extensions import Model


class Province(Model):
    __tablename__ = "province"
    code: Mapped[str] = mapped_column(String(5), primary_key=True)  # IR-nn
    name_fa: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    row: Mapped[int] = mapped_column(SmallInteger)  # place in the tile cartogram, from the north
    column: Mapped[int] = mapped_column(SmallInteger)  # from the west


class County(Model):
    __tablename__ = "county"
    __table_args__ = (UniqueConstraint("province_code", "name_fa"),)
    id: Mapped[Key]
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    name_fa: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str | None] = mapped_column(String(80))

    province: Mapped[Province] = relationship()
