"""What the walk finds in the rooms of money that does not come through a gateway, or comes every month."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from campaigns.base import clock
from campaigns.base.extensions import db
from campaigns.base.jalali import tehran_day
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.models import User
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns.models import Campaign
from campaigns.domain.claims.models import BankAccount
from campaigns.domain.claims.pictures import read
from campaigns.domain.claims.receipts import keep
from campaigns.domain.contributions.actions import Wish
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.counter.batches import Channel, Line, Statement
from campaigns.domain.counter.batches import propose as propose_batch
from campaigns.domain.counter.deposits import send
from campaigns.domain.counter.gifts import Handed, take
from campaigns.domain.counter.offices import OfficeKind, add_reader, found, give_clerk, where_is
from campaigns.domain.counter.papers import read as read_paper
from campaigns.domain.counter.sheets import count
from campaigns.domain.deliveries.actions import Plan as Recorded
from campaigns.domain.deliveries.actions import agree, record, show
from campaigns.domain.deliveries.evidence import picture
from campaigns.domain.deliveries.kinds import seed_kinds
from campaigns.domain.deliveries.models import GrantKind
from campaigns.domain.funds import papers
from campaigns.domain.funds.models import Spending
from campaigns.domain.ledger.rollup import place
from campaigns.domain.mandates.actions import Terms, draw_up
from campaigns.domain.mandates.models import Mandate
from campaigns.domain.regions.models import County
from campaigns.domain.reminders.actions import Asked, ask
from campaigns.domain.reminders.links import own
from campaigns.domain.reminders.queries import by_public_id
from campaigns.domain.reports.models import GatewayReport
from campaigns.domain.settlements.actions import Advice, enter
from campaigns.domain.statements.checking import check
from campaigns.domain.statements.imports import bring, carry_in
from campaigns.domain.statements.models import StatementLine
from tests.photos import photo
from tests.transfers import receiving, submitted


class MoneyRooms:
    """Makes one of each; `walk.House` says who the people are."""

    app: Flask
    campaign: Campaign
    mina: User
    kamran: User
    gift: Contribution

    def _reminder(self) -> str:
        wish = Asked(500_000, "sadaqah", "fa", "sara@example.org", 5)
        public_id, _new = ask(self.gift.id, self.campaign.id, wish)
        db.session.commit()
        reminder = by_public_id(public_id)
        assert reminder is not None
        return own(reminder)

    def _mandate(self) -> Mandate:
        """Signed and active; one, however often it is asked for."""
        gateway = self.app.extensions["gateways"]["zarinpal"]
        wish = Wish(rials=500_000, intent="sadaqah", language="fa")
        terms = Terms("+989123456789", "sara@example.org", 5)
        mandate = draw_up(self.campaign.id, wish, terms, gateway, 0, "mandate-1")
        mandate.state = "active"
        db.session.commit()
        return mandate

    def _transfer(self) -> dict[str, str]:
        """An account that receives transfers, and one whose donor has shown a receipt."""
        account = receiving(self.mina, self.kamran)
        claim = submitted(self.campaign, account)
        shown = keep(claim, read(b"%PDF-1.7 a receipt"), self.app.config["SETTINGS"].data_dir)
        db.session.commit()
        made = {"account": account.public_id, "claim": claim.public_id, "shown": shown.public_id}
        return made | self._statements(account)

    def _statements(self, account: BankAccount) -> dict[str, str]:
        """A file of the bank that is not imported yet, and a line of one that is."""
        text = b"Date,Amount,Description\n2026-11-20,900000,a gift\n"
        kept, draft = (bring(account, "aban.csv", text, self.kamran) for _time in range(2))
        carry_in(kept, self.kamran)
        check(account.id, self.kamran)
        db.session.commit()
        line = db.session.scalars(select(StatementLine.public_id)).one()
        return {"statement": draft.public_id, "imported": kept.public_id, "line": line}

    def _office(self) -> dict[str, str]:
        """An office where Kamran works, a receipt, yesterday's sheet and cash for the bank."""
        office = found("KRM1", OfficeKind.BOOTH, ("غرفه", "Booth"), "IR-08", "a5", self.mina)
        self.office = office
        self.works(self.kamran)
        add_reader(office, "20304050", self.mina)
        given = Handed(self.campaign.id, 900_000, "sadaqah")
        with clock.at(clock.now() - timedelta(days=1)):
            receipt, _new = take(office, given, self.mina, "counter")
            sheet = count(office, 900_000, "", self.mina)
        deposit = send(office, 100_000, "IR062960000000100324200001", "S-1", self.mina)
        db.session.commit()
        place()
        db.session.commit()
        return {
            "office": office.public_id,
            "receipt": receipt.public_id,
            "sheet": sheet.public_id,
            "deposit": deposit.public_id,
            "clerk": str(self.kamran.id),
            "number": "20304050",
        }

    def works(self, user: User) -> None:
        """Gives somebody who may take gifts in its province to the office."""
        if may(user.id, Permission.TAKE_GIFTS, where_is(self.office)):
            give_clerk(self.office, user, self.mina)
        db.session.commit()

    def _delivery(self) -> str:
        """Six dowries in Bam, recorded by Mina, agreed by Kamran and shown."""
        seed_kinds()
        bam = County(province_code="IR-08", name_fa="بم", name_en="Bam")
        db.session.add(bam)
        db.session.flush()
        kind, day = db.session.get_one(GrantKind, "dowry"), tehran_day(clock.now())
        plan = Recorded(kind, 6, bam, day, self.office, is_faceless=True, has_consent=True)
        shown, folder = picture(photo()), self.app.config["SETTINGS"].data_dir
        delivery = record(self.campaign, plan, self.mina, shown, folder)
        agree(delivery, self.kamran)
        show(delivery)
        db.session.commit()
        return delivery.public_id

    def _paper(self) -> str:
        """A copy for everybody of the document of the spending."""
        spending = db.session.scalars(select(Spending)).first()
        assert spending is not None
        folder = self.app.config["SETTINGS"].data_dir
        row = papers.add(spending, read(photo()), None, self.kamran, folder, is_public=True)
        db.session.commit()
        return row.public_id

    def _batch(self) -> str:
        today = tehran_day(clock.now())
        line = Line(self.campaign.id, "sadaqah", 3, 30_000)
        paper = read_paper(b"day;gifts\n1;3\n")
        statement = Statement(Channel.USSD, "hamgam", today, today, [line], "statement.csv", paper)
        batch = propose_batch(statement, self.mina)
        db.session.commit()
        return batch.public_id

    def _settlement(self) -> str:
        day = tehran_day(clock.now())
        line = Advice("practice", "IR062960000000100324200001", "B-1", day, 1_000, 0, day, day)
        settlement = enter(line, self.kamran)
        db.session.commit()
        return settlement.public_id

    def _report(self) -> str:
        report = GatewayReport(
            terminal="practice", day=tehran_day(clock.now()), source="file", lines=0, different=0
        )
        db.session.add(report)
        db.session.commit()
        return report.public_id
