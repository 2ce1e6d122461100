"""Money that does not come through a gateway: gifts at the counter of an office, and batches of USSD and SMS."""
