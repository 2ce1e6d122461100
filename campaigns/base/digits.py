"""Digits of three scripts. Kept and computed in ASCII, shown in the reader's script."""

from persiantools import digits as words

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
THOUSANDS = "\u066c"
DECIMAL = "\u066b"
_TO_ASCII = str.maketrans(PERSIAN + ARABIC, "0123456789" * 2)
_TO_PERSIAN = str.maketrans("0123456789", PERSIAN)
_LARGEST_ORDINAL_IN_WORDS = 999
_LARGEST_IN_WORDS = 10**15 - 1  # persiantools raises beyond


def to_ascii(text: str) -> str:
    """Persian and Arabic digits become ASCII ones; the rest stays."""
    return text.translate(_TO_ASCII)


def to_persian(text: str) -> str:
    """ASCII digits become Persian ones; the rest stays."""
    return text.translate(_TO_PERSIAN)


def in_script(text: str, language: str) -> str:
    """Digits as readers of `language` expect them."""
    return to_persian(text) if language == "fa" else to_ascii(text)


def grouped(number: int, language: str) -> str:
    """A whole number with thousands separators: «۱٬۲۸۶», "1,286". A minus sign is U+2212."""
    text = f"{abs(number):,}"
    sign = "\u2212" if number < 0 else ""
    return sign + (to_persian(text.replace(",", THOUSANDS)) if language == "fa" else text)


def tenths(number: float, language: str) -> str:
    """A measured value with one digit behind the point: «۷٫۴», "7.4". Never money."""
    text = f"{number:.1f}"
    return to_persian(text.replace(".", DECIMAL)) if language == "fa" else text


def in_words(number: int) -> str:
    """A number in Persian words: «شش میلیون و هفتصد و پنجاه هزار». Raises `ValueError` from 10^15 on."""
    if not 0 <= number <= _LARGEST_IN_WORDS:
        raise ValueError("too large to be written in words")
    return str(words.to_word(number)) if number else "صفر"


def ordinal(number: int, language: str) -> str:
    """«بیست‌وچهارم», "24th". Persian has words up to a thousand, then «۱٬۲۸۶‌اُم»."""
    if language != "fa":
        return grouped(number, language) + _english_tail(abs(number))
    if number == 1:
        return "نخست"
    if not 1 < number <= _LARGEST_ORDINAL_IN_WORDS:
        return f"{grouped(number, language)}\u200cاُم"
    word = in_words(number).replace("یکصد", "صد").replace(" و ", "\u200cو")
    if word.endswith("سه"):
        return word.removesuffix("سه") + "سوم"
    return word + ("\u200cام" if word.endswith("ی") else "م")


def _english_tail(number: int) -> str:
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
