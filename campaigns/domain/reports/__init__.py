"""What gateways say about our days, laid beside the payments and the book: a match of three."""
