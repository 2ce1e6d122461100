"""People who give time: who they are, what they can do and when, who has verified it."""
