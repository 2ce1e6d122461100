"""Fixtures by subject: the house and its database, real processes, a real browser."""
