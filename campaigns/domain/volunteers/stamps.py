"""What pages that tell of roles, places or hours depend on."""


def stamp_of(campaign_id: int) -> str:
    """Moves whenever roles, shifts, places or hours of a campaign may look different."""
    return f"shifts:{campaign_id}"
