"""Statements of the bank: files people bring, the lines in them, and the gifts these lines are.

A file is read whole or not at all, and every line is kept once, however often it comes. What fits one declared gift
is credited to it; all other money that came waits in `unallocated` until people decide.
"""
