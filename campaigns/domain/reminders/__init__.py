"""Monthly giving without a stored card: a letter a month with a link that opens the filled-in form."""
