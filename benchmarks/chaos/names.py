"""What house and bank call themselves in /proc."""

BANK, HOUSE = "bank", "house"
