"""Problems that anyone reports about a campaign, and the freeze of its giving."""
