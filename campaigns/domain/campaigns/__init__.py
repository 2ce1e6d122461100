"""Campaigns: their texts, look, goal, states, edits and updates."""
