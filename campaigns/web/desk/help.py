"""Writing help as people read it: beside the form of a part, and on the page where all answers are checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from campaigns.base.digits import grouped
from campaigns.domain.campaigns.parts import Data
from campaigns.domain.campaigns.writing import LONG_LEAD, LONG_SENTENCE, LONG_TITLE, SHORT_LEAD, Advice, hints
from campaigns.domain.regions.queries import counties, provinces
from campaigns.web.desk.fieldwords import code_of, control_of, label_of
from campaigns.web.locale import language

SENTENCES: dict[Advice, Any] = {
    Advice.LONG_TITLE: _l("This is long for a title: up to %(title)s characters are read at a glance."),
    Advice.SHORT_LEAD: _l("Say a little more: for whom, what, how many, and what one costs."),
    Advice.LONG_LEAD: _l("This is long: the first %(lead)s characters are what most people read."),
    Advice.LONG_SENTENCE: _l("This sentence has more than %(sentence)s words; two short ones read better."),
    Advice.PRESSING: _l("These words press people. Say what is needed; who trusts you gives again."),
    Advice.RIALS: _l("Write amounts in tomans, as everywhere on the page."),
    Advice.NAME_AND_PLACE: _l(
        "This may tell who is helped: a name beside a place. Leave out one of them, or ask that person first."
    ),
    Advice.MOBILE: _l(
        "There is a mobile number in this text. Nobody's private number belongs on a public page."
    ),
    Advice.NATIONAL_CODE: _l("There seems to be a national ID number in this text. Take it out."),
    Advice.ACCOUNT: _l(
        "There is a card or account number in this text. Gifts are given on the page only; take it out."
    ),
}


@dataclass(frozen=True)
class Help:
    """`control`: the field it is about; `code`: the language of `words`, which are quoted from the text."""

    control: str
    label: str
    sentence: str
    words: str
    code: str


def help_with(data: Data) -> Sequence[Help]:
    """What to look at again in the texts of a part."""
    lengths = {"title": LONG_TITLE, "lead": LONG_LEAD, "sentence": LONG_SENTENCE, "short": SHORT_LEAD}
    figures = {name: grouped(value, language().code) for name, value in lengths.items()}
    return [
        Help(
            control_of(hint.field),
            label_of(hint.field),
            str(SENTENCES[hint.advice]) % figures,
            hint.words,
            code_of(hint.field),
        )
        for hint in hints(data, _places())
    ]


def _places() -> set[str]:
    """Names of all provinces and counties, in both languages."""
    rows = [*provinces(), *counties()]
    return {name for row in rows for name in (row.name_fa, row.name_en) if name}
