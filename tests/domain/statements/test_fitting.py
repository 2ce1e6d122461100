"""Which gift a line is: never by the amount alone where several fit, and the strongest word counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from campaigns.base.codes import new_code, spoken
from campaigns.domain.claims.queries import OpenClaim
from campaigns.domain.statements.fitting import (
    NEAR,
    Known,
    Seen,
    codes_in,
    numbers_in,
    verdicts,
)
from campaigns.domain.statements.outcomes import Outcome

NOON = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
CODES = [new_code() for _ in range(6)]


def known(number: int, rials: int, **changes) -> Known:
    claim = OpenClaim(
        id=number, public_id=f"p{number}", expected_rials=rials, base_rials=rials - 370, alone=True, tracking=None,
        last4=None, declared_at=NOON - AN_HOUR, submitted_at=None, paid_at=None, deadline=NOON + 72 * AN_HOUR,
        state="awaiting", is_late=False,
    )  # fmt: skip
    return Known(claim._replace(**changes), CODES[number])


def seen(number: int, rials: int, description: str = "", at: datetime = NOON, last4: str = "") -> Seen:
    return Seen(
        number, at, True, rials, numbers_in(description), codes_in(description), last4, (number,)
    )  # fmt: skip


def said(lines, claims) -> dict[int, tuple[str, int | None, str]]:
    return {
        one.line_id: (one.outcome.value, one.claim.id if one.claim else None, one.rule)
        for one in verdicts(lines, claims)
    }


def test_our_code_in_the_description_counts_before_everything() -> None:
    for typed in (CODES[1], spoken(CODES[1]), spoken(CODES[1]).lower(), spoken(CODES[1]).replace("-", " ")):
        line = seen(1, 9_000_000, f"کمک {typed} سارا")
        assert said([line], [known(1, 5_000_370), known(2, 9_000_000)]) == {1: ("valid", 1, "identifier")}


def test_the_exact_amount_counts_when_it_is_asked_of_one_alone() -> None:
    assert said([seen(1, 5_000_370)], [known(1, 5_000_370), known(2, 5_000_380)])[1] == ("valid", 1, "amount")


def test_the_amount_alone_never_chooses_between_two() -> None:
    both = [known(1, 5_000_370), known(2, 5_000_370, is_late=True, state="expired")]
    assert said([seen(1, 5_000_370)], both) == {1: ("ambiguous", None, "amount")}
    shared = [known(1, 5_000_000, alone=False)]
    assert said([seen(1, 5_000_000)], shared) == {1: ("nomatch", None, "")}


def test_the_amount_without_the_few_tomans_is_nobodys() -> None:
    assert said([seen(1, 5_000_000)], [known(1, 5_000_370)]) == {1: ("nomatch", None, "")}


def test_a_tracking_number_tells_two_equal_amounts_apart() -> None:
    both = [known(1, 5_000_370), known(2, 5_000_370, tracking="00912345")]
    assert said([seen(1, 5_000_370, "پیگیری ۹۱۲۳۴۵")], both)[1] == ("valid", 2, "tracking")


def test_amount_and_tracking_number_of_two_gifts_are_for_a_person() -> None:
    two = [known(1, 5_000_370), known(2, 7_000_120, tracking="912345")]
    assert said([seen(1, 5_000_370, "912345")], two)[1][0] == "ambiguous"


def test_the_card_counts_with_the_amount_and_within_a_quarter_of_an_hour() -> None:
    one = known(1, 5_000_000, alone=False, last4="1234", paid_at=NOON - NEAR)
    assert said([seen(1, 5_000_000, last4="1234")], [one])[1] == ("valid", 1, "card")
    assert said([seen(1, 5_000_000, last4="1234", at=NOON + timedelta(seconds=1))], [one])[1][0] == "nomatch"
    assert said([seen(1, 5_000_010, last4="1234")], [one])[1][0] == "nomatch"
    assert said([seen(1, 5_000_000, last4="4321")], [one])[1][0] == "nomatch"
    without_time = replace(seen(1, 5_000_000, last4="1234"), has_time=False)
    assert said([without_time], [one])[1][0] == "nomatch"


def test_money_from_before_the_gift_was_declared_is_not_its_money() -> None:
    early = seen(1, 5_000_370, at=NOON - 2 * AN_HOUR)
    assert said([early], [known(1, 5_000_370)]) == {1: ("nomatch", None, "")}
    same_day = replace(early, has_time=False)
    assert said([same_day], [known(1, 5_000_370)])[1][0] == "valid"


def test_late_money_still_wins() -> None:
    late = known(1, 5_000_370, state="expired", is_late=True, deadline=NOON - 5 * 24 * AN_HOUR,
                 declared_at=NOON - 8 * 24 * AN_HOUR)  # fmt: skip
    assert said([seen(1, 5_000_370)], [late])[1] == ("valid", 1, "amount")


def test_a_line_that_names_a_gift_has_it_before_one_that_only_fits() -> None:
    only_fits, names = seen(1, 5_000_370), seen(2, 1_000_000, CODES[1], at=NOON + AN_HOUR)
    assert said([only_fits, names], [known(1, 5_000_370)]) == {
        1: ("nomatch", None, ""),
        2: ("valid", 1, "identifier"),
    }


amounts = st.sampled_from([5_000_000, 5_000_370, 7_000_010])
claims_ = st.lists(
    st.tuples(
        amounts, st.sampled_from([None, "91111", "92222"]), st.sampled_from([None, "1234"]), st.booleans()
    ),
    max_size=5,
)
lines_ = st.lists(
    st.tuples(amounts, st.sampled_from(["", "91111", "92222", *CODES[:3]]), st.sampled_from(["", "1234"])),
    max_size=6,
)


@given(claims_, lines_, st.randoms(use_true_random=False))
def test_the_order_of_lines_and_claims_changes_nothing(some, others, chance) -> None:
    claims = [
        known(number, rials, tracking=tracking, last4=last4, alone=alone, paid_at=NOON)
        for number, (rials, tracking, last4, alone) in enumerate(some)
    ]
    lines = [
        seen(number, rials, text, NOON + timedelta(minutes=number), last4)
        for number, (rials, text, last4) in enumerate(others)
    ]
    first = said(lines, claims)
    chance.shuffle(lines)
    chance.shuffle(claims)
    assert said(lines, claims) == first
    given_ = [claim for _outcome, claim, _rule in first.values() if claim is not None]
    assert len(given_) == len(set(given_))
    assert set(first) == {line.id for line in lines}
    assert all((outcome == Outcome.VALID) == (claim is not None) for outcome, claim, _rule in first.values())
