"""How far a change would move the goal of a campaign."""

from fractions import Fraction

from campaigns.domain.campaigns.history import CampaignEdit
from campaigns.domain.campaigns.parts import Part

LARGEST_JUMP = Fraction(1, 5)
"""A goal moved further than this is looked at by two people."""


def goal_jump(edit: CampaignEdit) -> Fraction:
    """By which part of the present goal the change would move it, up or down; zero where it leaves the goal alone."""
    if edit.part != Part.GOAL:
        return Fraction(0)
    was, would = edit.campaign.goal_rials, _goal_after(edit)
    return Fraction(abs(would - was), was) if was else Fraction(would > 0)


def _goal_after(edit: CampaignEdit) -> int:
    """In rials. What the change leaves out stays as it is."""
    costs = edit.data.get("costs")
    price = edit.campaign.unit_price_rials if costs is None else sum(cost["rials"] for cost in costs)
    return int(edit.data.get("unit_count", edit.campaign.unit_count) * price)
