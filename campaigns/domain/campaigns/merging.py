"""Two people have changed the same part: what each of them changed, field by field, texts of each language apart.

A field is named `name`, or `name.fa` where it has a text in each language.
"""

from collections.abc import Mapping
from typing import Any

from campaigns.domain.campaigns.parts import TEXT_LANGUAGES, Data

Flat = dict[str, Any]


def flat(data: Mapping[str, Any]) -> Flat:
    """`{"title": {"fa": …}}` as `{"title.fa": …}`."""
    found: Flat = {}
    for name, value in data.items():
        if isinstance(value, dict):
            found |= {f"{name}.{code}": value[code] for code in sorted(value, key=_place)}
        else:
            found[name] = value
    return found


def _place(code: str) -> int:
    """Persian stands first."""
    return TEXT_LANGUAGES.index(code) if code in TEXT_LANGUAGES else len(TEXT_LANGUAGES)


def whole(values: Mapping[str, Any]) -> Data:
    """What `flat` was made of."""
    data: Data = {}
    for field, value in values.items():
        name, dot, code = field.partition(".")
        if dot:
            data.setdefault(name, {})[code] = value
        else:
            data[name] = value
    return data


def merged(base: Data | None, theirs: Data, mine: Data) -> Data:
    """Mine, with theirs wherever I have left alone what both of us began with.

    Without a `base` nobody knows what I have left alone: all of it is mine.
    """
    began = flat(base) if base is not None else None
    other, own = flat(theirs), flat(mine)
    return whole(
        {
            field: other[field]
            if began is not None and field in other and began.get(field) == value
            else value
            for field, value in own.items()
        }
    )


def differing(theirs: Data, mine: Data) -> list[str]:
    """The fields in which the two are not the same, in the order of the page."""
    other = flat(theirs)
    return [field for field, value in flat(mine).items() if other.get(field) != value]


def taken(theirs: Data, mine: Data, field: str) -> Data:
    """Mine, with this one field as they wrote it."""
    other = flat(theirs)
    return whole(flat(mine) | ({field: other[field]} if field in other else {}))
