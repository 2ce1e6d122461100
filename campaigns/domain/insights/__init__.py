"""Figures over several rooms: the portal's lists and sums."""
