"""The warehouses: goods come in, lie on shelves, go out in boxes. The public asks about a box by its code."""

from flask import Blueprint

from campaigns.web.goods import box, boxes, home, intake, movements, receipt, stock, trace

door = Blueprint("goods", __name__)
for file in (home, intake, receipt, stock, movements, boxes, box, trace):
    door.register_blueprint(file.page)
