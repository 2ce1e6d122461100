"""What is true, room by room; each room imports only rooms written earlier in the floors test."""
