"""Matching gifts: a sponsor's pool that doubles what others give, one rial for each, up to its cap.

The sponsor pays in before the pool opens: the money stands on the pool's own account, as what we owe to its purpose
(`bank → pool`), and each match moves some of it to the campaign (`pool → campaign`). A promise would be an asset of
ours only on paper, and a campaign could spend what never comes.
"""
