"""Provinces and counties: where a campaign helps."""
