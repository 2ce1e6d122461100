"""Intents (نیت): what a gift may be spent on by the giver's religion. Each is its own bucket in the book."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Intent(StrEnum):
    SADAQAH = "sadaqah"
    ZAKAT = "zakat"
    NAZR = "nazr"
    KAFFARAH = "kaffarah"
    FITR = "fitr"


INTENT_LABELS = {
    Intent.SADAQAH: _l("Free gift (sadaqah)"),
    Intent.ZAKAT: _l("Zakat"),
    Intent.NAZR: _l("Vow (nazr)"),
    Intent.KAFFARAH: _l("Expiation (kaffarah)"),
    Intent.FITR: _l("Zakat of Fitr"),
}
