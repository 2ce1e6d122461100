"""What gateways hold for us, since when, and what of it they have paid to our bank."""
