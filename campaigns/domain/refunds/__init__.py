"""Money a person decides about: what may not go to a campaign by itself, and what goes back to its donor."""
