"""Words that press people to give: hurry, pity, shame. Spaces and half-spaces between parts of a word are the same."""

import re

_WORDS = (
    # hurry
    *(
        "فوری",
        "فورا",
        "فوراً",
        "اضطراری",
        "هر چه سریع تر",
        "هر چه زود تر",
        "همین الان",
        "همین حالا",
        "همین امروز",
    ),
    *(
        "فقط امروز",
        "آخرین فرصت",
        "تا دیر نشده",
        "دیر نشده",
        "عجله کنید",
        "بشتابید",
        "درنگ نکنید",
        "فرصت کم است",
    ),
    *(
        "urgent",
        "urgently",
        "hurry",
        "last chance",
        "only today",
        "today only",
        "act now",
        "right now",
        "don't wait",
    ),
    *(
        "before it is too late",
        "before it's too late",
        "time is running out",
        "running out of time",
        "emergency",
    ),
    # pity
    *("بیچاره", "بدبخت", "مفلوک", "رقت انگیز", "دل خراش", "جگر سوز", "التماس", "تمنا می کنیم", "می میرند"),
    *(
        "desperate",
        "heartbreaking",
        "heart-breaking",
        "wretched",
        "poor souls",
        "begging",
        "will die",
        "helpless",
    ),
    # shame
    *("بی تفاوت نباشید", "بی تفاوت نگذرید", "بی تفاوت نمانید", "وجدان شما", "خجالت", "اگر کمک نکنید"),
    *("shame on", "if you do not help", "if you don't help", "how can you", "do not ignore", "don't ignore"),
)


def _pattern(word: str) -> str:
    """Its parts may stand apart, at a half-space, or together."""
    return r"[\s\u200c]*".join(re.escape(part) for part in word.split())


PRESSING = re.compile(
    rf"(?<!\w)(?:{'|'.join(map(_pattern, sorted(_WORDS, key=len, reverse=True)))})(?!\w)", re.IGNORECASE
)
