"""Letters to donors about what became of their gifts, wherever they left an address: a reminder, a monthly gift."""
