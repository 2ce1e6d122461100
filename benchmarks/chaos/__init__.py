"""Thousands of gifts while processes are killed and the bank loses answers: afterwards bank, book, bars and receipts
agree to the rial, or it says where they do not.
"""
