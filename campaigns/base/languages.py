"""The interface languages. Persian is the default and has no prefix in addresses."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Language:
    """`code` is BCP 47; `prefix` is the first path segment, empty for the default language."""

    code: str
    prefix: str
    dir: Literal["rtl", "ltr"]
    native_name: str


DEFAULT = "fa"
LANGUAGES = {
    "fa": Language("fa", "", "rtl", "فارسی"),
    "en": Language("en", "en", "ltr", "English"),
}
