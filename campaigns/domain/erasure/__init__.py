"""What is held about one person, given to them on request, and taken out on request with the ledger whole.

`rules` says of every column that holds text what becomes of it, and why what is kept is kept.
"""
