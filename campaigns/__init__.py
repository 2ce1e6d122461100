"""Pooyesh: campaign microsites. The factory is in `campaigns.app`, so importing one room wakes no other."""
