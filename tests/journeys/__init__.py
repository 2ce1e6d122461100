"""Whole stories, from the first form to what reached the book; some in a real browser."""
