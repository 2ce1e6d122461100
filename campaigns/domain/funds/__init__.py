"""What becomes of money a campaign holds: spendings by two people, each from the bucket of one intent."""
