"""Attempts to pay through a gateway, from the first form to the settled ledger."""
