"""A campaign in Kerman with money that was spent, an office, and the people who record what was delivered."""

from itertools import count
from typing import Any

from flask import current_app
from sqlalchemy import select

from campaigns.base.clock import now
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Role
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.contributions.intents import Intent
from campaigns.domain.contributions.rules import Purpose
from campaigns.domain.counter.models import Office
from campaigns.domain.counter.offices import OfficeKind, found
from campaigns.domain.deliveries.actions import Plan, agree, record
from campaigns.domain.deliveries.evidence import picture
from campaigns.domain.deliveries.kinds import seed_kinds
from campaigns.domain.deliveries.models import Delivery, GrantKind
from campaigns.domain.funds import actions as funds
from campaigns.domain.funds.models import Spending
from campaigns.domain.ledger.rollup import place
from campaigns.domain.moderation.actions import decide
from campaigns.domain.moderation.queries import find
from campaigns.domain.moderation.verdicts import Verdict
from campaigns.domain.regions.models import County
from tests.cast import mina, parisa, person, reza
from tests.photos import photo
from tests.worlds import gift, live_campaign

SHEBA = "IR062960000000100324200001"
_papers = count(1)


class Kerman:
    """Zahra records, Hamed agrees, Reza moderates, Kamran and Leila handle money."""

    def __init__(self) -> None:
        self.mina, self.reza, self.parisa = mina(), reza(), parisa()
        self.campaign: Campaign = live_campaign(self.mina, self.reza, self.parisa)
        self.kamran, self.negar = person("Kamran", Role.FINANCE), person("Negar", Role.FINANCE)
        self.zahra = person("Zahra", Role.CLERK, province_code="IR-08")
        self.hamed = person("Hamed", Role.CLERK, province_code="IR-08")
        names = ("شعبهٔ کرمان", "Kerman office")
        self.office: Office = found("KRM1", OfficeKind.COUNTY, names, "IR-08", "a5", self.kamran)
        self.bam = self._county("IR-08", "بم", "Bam")
        self.baft = self._county("IR-08", "بافت", "Baft")
        self.yazd = self._county("IR-21", "یزد", "Yazd")
        seed_kinds()
        db.session.commit()

    def kind(self, code: str = "dowry") -> GrantKind:
        return db.session.get_one(GrantKind, code)

    def spent(self, rials: int, intent: Intent = Intent.SADAQAH, paid: bool = True) -> Spending:
        """A spending that two people agreed on and, unless told otherwise, the bank has paid; placed."""
        plan = funds.Plan(intent, Purpose.PROJECT, rials, "فروشگاه کویر", "جهیزیه", f"F-{next(_papers)}")
        spending = funds.propose(self.campaign, plan, self.kamran)
        funds.approve(spending, self.negar)
        if paid:
            funds.pay(spending, self.kamran, SHEBA, "B-1")
        place()
        db.session.commit()
        return spending

    def plan(self, **changes: Any) -> Plan:
        usual: dict[str, Any] = {
            "kind": self.kind(),
            "quantity": 6,
            "county": self.bam,
            "day": tehran_day(now()),
            "office": self.office,
            "is_faceless": True,
            "has_consent": True,
        }
        return Plan(**usual | changes)

    def recorded(self, by: User | None = None, **changes: Any) -> Delivery:
        shown = None if changes.get("corrects") else picture(photo())
        folder = current_app.config["SETTINGS"].data_dir
        made = record(self.campaign, self.plan(**changes), by or self.zahra, shown, folder)
        db.session.commit()
        return made

    def agreed(self, **changes: Any) -> Delivery:
        made = self.recorded(**changes)
        agree(made, self.hamed)
        db.session.commit()
        return made

    def shown(self, **changes: Any) -> Delivery:
        made = self.agreed(**changes)
        item = find("delivery", made.public_id)
        assert item is not None
        decide(item, self.reza, Verdict.APPROVE)
        db.session.commit()
        return made

    def given(self, rials: int, **wish: Any) -> Any:
        return gift(self.campaign, rials, **wish)

    def _county(self, province: str, fa: str, en: str) -> County:
        known = db.session.scalar(
            select(County).where(County.province_code == province, County.name_fa == fa)
        )
        row = known or County(province_code=province, name_fa=fa, name_en=en)
        db.session.add(row)
        db.session.flush()
        return row
