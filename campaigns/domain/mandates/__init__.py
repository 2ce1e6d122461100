"""Monthly giving by a contract of direct debit: signed once by the donor at their bank, charged once a month."""
