"""What the walk finds in the network of volunteers."""

from flask import Flask

from campaigns.base.extensions import db
from campaigns.domain.accounts.models import User
from campaigns.domain.volunteers import evidence, queries
from campaigns.domain.volunteers.links import own
from campaigns.domain.volunteers.profiles import sign_up
from campaigns.domain.volunteers.surge_models import Surge
from campaigns.domain.volunteers.surges import answer, open_call
from tests.network import KERMAN, network, profile, signed_up

NUMBER = "+989121112233"


class NetworkRooms:
    """Makes one of each; `walk.House` says who the people are."""

    app: Flask
    kamran: User

    def _network(self) -> dict[str, str]:
        network()
        one = signed_up("nurse", mobile=NUMBER)
        kept = evidence.keep(one, "pdf", b"%PDF-1.4", self.kamran.id, self.app.config["SETTINGS"].data_dir)
        request = queries.by_code(sign_up(profile("driver"), NUMBER))
        surge = open_call(Surge(slug="seyl-kerman", title_fa="سیل", province_code=KERMAN), self.kamran)
        answer(surge, NUMBER, "ن. امینی", KERMAN, "پرستار", "fa")
        db.session.commit()
        assert request is not None
        return {
            "province": KERMAN,
            "volunteer": one.public_id,
            "paper": kept.public_id,
            "again": request.public_id,
            "surge": surge.public_id,
            "call": surge.slug,
            "speciality": "nurse",
            "own_page": own(one.code),
        }
