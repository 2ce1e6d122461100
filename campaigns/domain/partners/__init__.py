"""Partners: organizations that stand behind campaigns or the volunteer network, and what was agreed with them."""
