"""How much each sample donor gives: many small gifts, a few large ones, together exactly what the story says."""

from random import Random

from campaigns.cli.sample.data import STEP_RIALS

SMALL_SHARE = 0.88
SMALL_AT_MOST = 0.7  # of the whole
PRESET_WEIGHTS = (38, 30, 20, 12)
TYPED_RIALS = (500_000, 1_000_000, 2_000_000, 3_000_000, 5_000_000, 7_000_000, 10_000_000, 14_050_000)


def amounts(dice: Random, presets: list[int], count: int, total_rials: int) -> list[int]:
    """`count` gifts in random order whose sum is `total_rials`; empty when either is zero."""
    if not count or not total_rials:
        return []
    small = [_small(dice, presets) for _ in range(min(count - 1, round(count * SMALL_SHARE)))]
    small.sort()
    while small and sum(small) > total_rials * SMALL_AT_MOST:
        small = sorted([min(presets), *small[:-1]]) if small[-1] > min(presets) else small[:-1]
    found = [*small, *_large(dice, count - len(small), total_rials - sum(small))]
    dice.shuffle(found)
    return found


def _small(dice: Random, presets: list[int]) -> int:
    if dice.random() < 0.75:
        return dice.choices(presets, PRESET_WEIGHTS[: len(presets)])[0]
    return dice.choice(TYPED_RIALS)


def _large(dice: Random, count: int, rials: int) -> list[int]:
    """Shares in whole hundred thousands of tomans, the biggest taking what rounding leaves over."""
    weights = [dice.lognormvariate(0, 0.5) for _ in range(count)]
    shares = [
        max(STEP_RIALS, round(rials * weight / sum(weights) / STEP_RIALS) * STEP_RIALS) for weight in weights
    ]
    biggest = shares.index(max(shares))
    shares[biggest] += rials - sum(shares)
    return shares
