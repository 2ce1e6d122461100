"""Takes personal values and secrets out of text before it is logged."""

import re

from campaigns.base.digits import to_ascii

_GAP = "[ .\u00a0\u200c-\u200f-]?"
_ALONE, _END = r"(?<![0-9])", r"(?![0-9])"
_RULES = (
    (re.compile(rf"(?i)(?<![a-z0-9])IR(?:{_GAP}[0-9]){{24}}{_END}"), "[iban]"),
    (re.compile(rf"{_ALONE}[0-9]{{6}}[0-9*•]{{4,9}}[0-9]{{4}}{_END}"), "[card]"),
    (re.compile(rf"{_ALONE}(?:[0-9]{{4}}{_GAP}){{3}}[0-9]{{4}}{_END}"), "[card]"),
    (re.compile(rf"(?<![0-9+])\+[1-9](?:{_GAP}[0-9]){{9,14}}{_END}"), "[phone]"),
    (
        re.compile(rf"{_ALONE}(?:(?:00)?98{_GAP})?0?9[0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{4}}{_END}"),
        "[phone]",
    ),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+"), "[email]"),
    (re.compile(r"(?<=/r/)[^/?#\s\"]+"), "[code]"),
    (re.compile(r"(?<=/pay/)(?!cb/)[^/?#\s\"]+"), "[attempt]"),
    (re.compile(r"(?<=/(?:reset|draft)/)[^/?#\s\"]+"), "[token]"),
    (
        re.compile(r"(?i)((?:authority|code|token|next|password|merchant_id|secret)=)[^&\s\"]+"),
        r"\1[hidden]",
    ),
    (re.compile(r"(?<![A-Za-z0-9])[AS][0-9a-zA-Z]{35}(?![A-Za-z0-9])"), "[authority]"),
)


def mask(text: str) -> str:
    """`text` with phones, cards, accounts, e-mails, codes, tokens and gateway references named instead.

    Digits come out in ASCII.
    """
    text = to_ascii(text)
    for pattern, name in _RULES:
        text = pattern.sub(name, text)
    return text
