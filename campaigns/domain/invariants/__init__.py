"""What must always be true of the money. Looked at every ten minutes and by `flask ledger check`."""
