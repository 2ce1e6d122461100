"""Tables of transfers: the accounts that receive them, what donors declared, receipts, and who did what."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campaigns.base.appendonly import append_only
from campaigns.base.clock import now
from campaigns.base.columns import At, Digest, Key, Moment, PublicId, Rials, where
from campaigns.base.extensions import Model
from campaigns.domain.accounts.models import Organization, User
from campaigns.domain.claims.states import HOLDS, AccountState, State
from campaigns.domain.contributions.models import Contribution
from campaigns.domain.ledger import accounts


class BankAccount(Model):
    """An account that donors may pay to. No organization: the house's own. What it says never changes; what is
    wrong is switched off and written down anew.
    """

    __tablename__ = "bank_account"
    __table_args__ = (
        CheckConstraint("card_number IS NOT NULL OR sheba IS NOT NULL", name="some_number"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> created_by_id", name="two_people"),
        Index("ix_bank_account_card", "card_number", unique=True, **where("state <> 'refused'")),
        Index("ix_bank_account_sheba", "sheba", unique=True, **where("state <> 'refused'")),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    card_number: Mapped[str | None] = mapped_column(String(16))
    sheba: Mapped[str | None] = mapped_column(String(26))
    holder: Mapped[str] = mapped_column(String(80))
    bank: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12), default=AccountState.PROPOSED.value)
    created_at: Mapped[At] = mapped_column(default=now)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment())
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    organization: Mapped[Organization | None] = relationship()
    created_by: Mapped[User] = relationship(foreign_keys=[created_by_id])
    confirmed_by: Mapped[User | None] = relationship(foreign_keys=[confirmed_by_id])

    @property
    def ledger_code(self) -> str:
        """The account of the book that this money stands on: by its Sheba, so that what is paid out of it meets it."""
        return accounts.bank(self.sheba or self.public_id)


class TransferClaim(Model):
    """A gift somebody said they would transfer. See `states` for its table of moves.

    `expected_rials` is what the donor is asked for: the gift and a few tomans that tell it from others.
    `holds_amount`: nobody else is asked for the same while the claim is open; False where all such amounts were
    taken. `tracking`, `payer_last4` and `donor_paid_at` are the donor's words, `line_id`, `received_rials` and
    `paid_at` are the bank's. `line_id` is a row id of a room above this one; `turn`: this is the how-manieth gift
    that the line was taken for.
    """

    __tablename__ = "transfer_claim"
    __table_args__ = (
        CheckConstraint("expected_rials = base_rials + suffix_rials", name="expected"),
        CheckConstraint("suffix_rials BETWEEN 0 AND 9990", name="suffix"),
        CheckConstraint("(state = 'credited') = (line_id IS NOT NULL)", name="credited_by_a_line"),
        Index("ix_transfer_claim_amount", "bank_account_id", "expected_rials", unique=True, **where(HOLDS)),
        Index(
            "ix_transfer_claim_tracking",
            "bank_account_id",
            "tracking",
            unique=True,
            **where("tracking IS NOT NULL AND state <> 'refused'"),
        ),
        Index("ix_transfer_claim_due", "deadline", **where("state = 'awaiting'")),
        Index("ix_transfer_claim_account", "bank_account_id", "state"),
    )
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    bank_account_id: Mapped[int] = mapped_column(ForeignKey("bank_account.id"))
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=State.AWAITING.value)
    base_rials: Mapped[Rials]
    suffix_rials: Mapped[int] = mapped_column(default=0)
    expected_rials: Mapped[Rials]
    holds_amount: Mapped[bool] = mapped_column(default=True)
    tracking: Mapped[str | None] = mapped_column(String(40))
    payer_last4: Mapped[str | None] = mapped_column(String(4))
    donor_paid_at: Mapped[datetime | None] = mapped_column(Moment())
    declared_at: Mapped[At] = mapped_column(default=now)
    deadline: Mapped[At]
    submitted_at: Mapped[datetime | None] = mapped_column(Moment())
    ended_at: Mapped[datetime | None] = mapped_column(Moment())  # refused, or expired
    reason: Mapped[str] = mapped_column(String(500), default="")  # of refusing it, for the donor to read
    line_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    received_rials: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_at: Mapped[datetime | None] = mapped_column(Moment())
    credited_at: Mapped[datetime | None] = mapped_column(Moment())
    turn: Mapped[int] = mapped_column(SmallInteger, default=1)

    bank_account: Mapped[BankAccount] = relationship()
    contribution: Mapped[Contribution] = relationship()

    @property
    def credit_key(self) -> str:
        """What the book calls this gift, once it is credited."""
        return credit_key(self.line_id or 0, self.turn)


def credit_key(line_id: int, turn: int) -> str:
    """What the book calls the gift of a line: of the first it was taken for, or of a later one."""
    return f"stmt:{line_id}" if turn == 1 else f"stmt:{line_id}:{turn}"


class ClaimReceipt(Model):
    """A picture or paper a donor showed, kept in a private folder under `stored`. `sha256` is of what was sent;
    `band_…` are the quarters of the picture's perceptual hash: of two that look the same one quarter is the same.
    """

    __tablename__ = "claim_receipt"
    id: Mapped[Key]
    public_id: Mapped[PublicId]
    claim_id: Mapped[int] = mapped_column(ForeignKey("transfer_claim.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # image, pdf
    stored: Mapped[str] = mapped_column(String(60), unique=True)
    size: Mapped[int]  # bytes
    width: Mapped[int | None]  # pixels of a picture
    height: Mapped[int | None]
    sha256: Mapped[Digest] = mapped_column(index=True)
    band_1: Mapped[int | None] = mapped_column(BigInteger, index=True)
    band_2: Mapped[int | None] = mapped_column(BigInteger, index=True)
    band_3: Mapped[int | None] = mapped_column(BigInteger, index=True)
    band_4: Mapped[int | None] = mapped_column(BigInteger, index=True)
    sent_at: Mapped[At] = mapped_column(default=now)

    claim: Mapped[TransferClaim] = relationship()


class ClaimStep(Model):
    """One thing that happened to a claim. Append-only. No actor: the donor, or the worker."""

    __tablename__ = "claim_step"
    id: Mapped[Key]
    claim_id: Mapped[int] = mapped_column(ForeignKey("transfer_claim.id"), index=True)
    verb: Mapped[str] = mapped_column(String(12))
    before: Mapped[str] = mapped_column(String(12), default="")
    after: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
    made_at: Mapped[At] = mapped_column(default=now)

    actor: Mapped[User | None] = relationship()


append_only(ClaimStep.__table__)  # type: ignore[arg-type]
