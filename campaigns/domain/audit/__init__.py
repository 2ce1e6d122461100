"""Who did what, when, to what, before and after: a log that only grows, written in the transaction of the act.

Whatever a signed-in person or an operator changes is seen by one hook on the session (`watching`); acts that change
no row, such as signing in, call `record` themselves. What visitors do is not in here: it has books of its own; that
somebody tried to get in and did not is. What the worker does by the calendar, or because something was found, is its
own doing.
"""
