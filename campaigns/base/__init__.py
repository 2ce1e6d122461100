"""The ground: knows no campaign."""
