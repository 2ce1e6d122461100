"""What a supporter means to give, and how they want to be seen."""
