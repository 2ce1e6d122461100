"""People who want to hear of a campaign: who follows it, what is written to them, thanks, and where gifts came from."""
