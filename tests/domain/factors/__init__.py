"""Second factors: codes, recovery, demand."""
