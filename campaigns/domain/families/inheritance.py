"""What of a part passes from a national campaign to its provinces, and how it reads there. No database.

Everything a province must say of itself is its own: its address, where it helps, whom to call, how many units.
"""

from campaigns.domain.campaigns.parts import Data, Part
from campaigns.domain.regions.models import Province

OWN: dict[Part, frozenset[str]] = {
    Part.BASICS: frozenset({"slug", "provinces", "counties", "contact_name", "contact_phone"}),
    Part.GOAL: frozenset({"unit_count"}),
}
LONGEST_TITLE = 120


def shared(part: Part, data: Data) -> Data:
    """The values of a part that provinces inherit."""
    return {name: value for name, value in data.items() if name not in OWN.get(part, frozenset())}


def in_province(part: Part, values: Data, province: Province) -> Data:
    """Inherited values as they read there: titles say which province it is, so that lists can tell them apart."""
    if part is not Part.BASICS:
        return values
    names = {"fa": province.name_fa, "en": province.name_en}
    titles = {code: _placed(title, names.get(code, "")) for code, title in values["title"].items()}
    return values | {"title": titles}


def _placed(title: str, name: str) -> str:
    if not title or not name:
        return title
    ending = f" · {name}"
    room = LONGEST_TITLE - len(ending)
    return (title if len(title) <= room else title[: room - 1].rstrip() + "…") + ending
