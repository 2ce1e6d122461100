"""Intents (نیت): what a gift may be spent on by the giver's religion. Each is its own bucket in the book."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Intent(StrEnum):
    SADAQAH = "sadaqah"
    ZAKAT = "zakat"
    NAZR = "nazr"
    KAFFARAH = "kaffarah"
    FITR_GENERAL = "fitr_general"
    FITR_SADAT = "fitr_sadat"
    ORPHANS = "orphans"


INTENT_LABELS = {
    Intent.SADAQAH: _l("Free gift (sadaqah)"),
    Intent.ZAKAT: _l("Zakat"),
    Intent.NAZR: _l("Vow (nazr)"),
    Intent.KAFFARAH: _l("Expiation (kaffarah)"),
    Intent.FITR_GENERAL: _l("Zakat of Fitr (general)"),
    Intent.FITR_SADAT: _l("Zakat of Fitr (of sadat)"),
    Intent.ORPHANS: _l("For orphans"),
}
