"""What the walk finds in the warehouses."""

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.goods.boxes import open_boxes, pack
from campaigns.domain.goods.intake import Brought, take_in
from campaigns.domain.goods.stock import write_off
from campaigns.domain.goods.warehouses import found
from campaigns.domain.regions.models import County
from tests.promises import need, promised


class GoodsRooms:
    """Makes one of each; `walk.House` says who the people are."""

    campaign: Campaign
    mina: User

    def _warehouse(self) -> dict[str, str]:
        """A warehouse with goods of a promise that has not all come, something written off, and a box."""
        pledge = promised(need(self.campaign), 6)
        warehouse = found("KRM1", ("انبار", "Store"), "IR-08", self.mina)
        receipt, _new = take_in(warehouse, Brought(4, pledge=pledge), self.mina, "goods")
        movement = write_off(receipt.stock, 1, "-", self.mina)
        county = County(province_code="IR-08", name_fa="زرند", name_en="Zarand")
        db.session.add(county)
        db.session.flush()
        (box,) = open_boxes(warehouse, county, 1, self.mina)
        pack(box, receipt.stock, 1, self.mina)
        db.session.commit()
        return {
            "warehouse": warehouse.public_id,
            "pledge": pledge.public_id,
            "intake": receipt.public_id,
            "stock": receipt.stock.public_id,
            "movement": movement.public_id,
            "box": box.code,
        }
