"""How a view tells the page cache what its page was made from."""

from flask import g


def depends(*stamps: str) -> None:
    """This page is fresh as long as none of these stamps moves (`base.stamps`)."""
    g.setdefault("stamps", set()).update(stamps)


def stamps() -> frozenset[str]:
    """What the page being answered depends on."""
    return frozenset(g.get("stamps", ()))
