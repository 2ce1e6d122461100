"""Direct debit for these tests."""

from tests.domain.mandates.house import debits

__all__ = ["debits"]
