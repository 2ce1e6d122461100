"""The book: double entry, append-only, integer rials. Every total shown anywhere comes from here."""
