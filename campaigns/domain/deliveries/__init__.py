"""What reached people: recorded by an office, agreed by a second person, read by a moderator, then counted in public.

Nothing here says who was helped: a kind, a number, a county and a week.
"""
