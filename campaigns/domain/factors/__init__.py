"""The second step of signing in: apps that make codes, passkeys, recovery codes; and where people sign in from."""
