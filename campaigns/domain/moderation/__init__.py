"""The queue, the decisions and their log. Other rooms know nothing of it."""
