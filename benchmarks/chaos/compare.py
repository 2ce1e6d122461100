"""What may not differ once all is quiet. Each function yields the differences it finds, in a sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.chaos.books import Books, Posted
from benchmarks.chaos.donors import PAID
from benchmarks.chaos.journal import Gift

GIFT, ASIDE = "capture", "unallocated"
"""Kinds of the ledger: a gift in its campaign's account; money set aside until a person has decided."""


def lost(books: Books) -> Iterator[str]:
    """Money the bank has given to us, and the ledger does not have, or not all of it."""
    posted = _by_authority(books.posted())
    for one in books.sessions():
        rials = sum(txn.rials for txn in posted.get(one.authority, ()))
        if one.state == "PAID":
            yield f"{one.authority}: {one.rials} rials wait at the bank unverified"
        elif one.state == "VERIFIED" and rials < one.rials:
            yield f"{one.authority}: {one.rials} rials at the bank, {rials} in the ledger"


def doubled(books: Books) -> Iterator[str]:
    """Money the ledger has, and the bank has not given; a gift that is there twice."""
    money = {one.authority: one.rials for one in books.sessions() if one.state == "VERIFIED"}
    for authority, txns in _by_authority(books.posted()).items():
        rials = sum(txn.rials for txn in txns)
        if len(txns) > 1 or rials > money.get(authority, 0):
            yield f"{authority}: {len(txns)} entries of {rials} rials for {money.get(authority, 0)} at the bank"
    times = Counter(txn.code for txn in books.posted() if txn.kind == GIFT)
    yield from (
        f"gift {code} is in the ledger {number} times" for code, number in times.items() if number > 1
    )


def journals(books: Books, gifts: Sequence[Gift]) -> Iterator[str]:
    """What donors meant, and what they were told by bank and receipt, against the ledger."""
    posted: dict[str, list[Posted]] = defaultdict(list)
    for txn in books.posted():
        posted[txn.code or ""].append(txn)
    known = books.gifts()
    for gift in gifts:
        own = posted.get(gift.code, [])
        if gift.code and known.get(gift.code) != gift.rials:
            yield f"{gift.code}: meant {gift.rials} rials, written down {known.get(gift.code)}"
        if len(own) < gift.paid_at_bank:
            yield f"{gift.code}: the bank said {gift.paid_at_bank} times «paid», the ledger {len(own)} times"
        if gift.told == PAID and GIFT not in {txn.kind for txn in own}:
            yield f"{gift.code}: the receipt said «arrived», the ledger has no gift"
    unseen = len(known) - len({gift.code for gift in gifts if gift.code})
    if unseen > sum(not gift.code for gift in gifts):
        yield f"{unseen} gifts are written down that no donor knows of: more than there are such donors"


def bars(books: Books) -> Iterator[str]:
    """The rollups against what the bank has given for each campaign's gifts."""
    money = {one.authority: one.rials for one in books.sessions() if one.state == "VERIFIED"}
    rials: Counter[str | None] = Counter()
    number: Counter[str | None] = Counter()
    for txn in books.posted():
        if txn.kind == GIFT:
            rials[txn.slug] += money.get(txn.authority or "", 0)
            number[txn.slug] += 1
    for bar in books.bars():
        if (bar.rials, bar.gifts) != (rials[bar.slug], number[bar.slug]):
            yield f"{bar.slug}: bar {bar.rials} of {bar.gifts}, bank {rials[bar.slug]} of {number[bar.slug]}"


def letters(books: Books) -> Iterator[str]:
    """One to the author of each campaign that has opened, and no other: a donor here leaves no address."""
    due = Counter(f"campaign_live:{bar.public_id}" for bar in books.bars())
    written = Counter(books.letters())
    yield from (f"letter {key} is missing" for key in (due - written).elements())
    yield from (f"letter {key} is one too many" for key in (written - due).elements())


def captured(books: Books) -> dict[str, int]:
    """Rials by tracking code of the gifts that have arrived."""
    return {txn.code or "": txn.rials for txn in books.posted() if txn.kind == GIFT}


def _by_authority(posted: Sequence[Posted]) -> dict[str, list[Posted]]:
    found: dict[str, list[Posted]] = defaultdict(list)
    for txn in posted:
        found[txn.authority or f"a transaction of no session, {txn.kind}"].append(txn)
    return found
