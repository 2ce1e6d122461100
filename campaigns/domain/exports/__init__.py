"""Who has carried off which data: a log that nothing is taken out of."""
