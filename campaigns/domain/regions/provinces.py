"""The 31 provinces as plain facts: code of ISO 3166-2:IR, names, and the tile each has in the cartogram.

The tiles are a grid of 7 columns and 6 rows, counted from 1, north at the top and west at the start.
"""

from typing import NamedTuple


class ProvinceFacts(NamedTuple):
    code: str
    name_fa: str
    name_en: str
    row: int
    column: int


PROVINCES = (
    ProvinceFacts("IR-00", "مرکزی", "Markazi", 4, 3),
    ProvinceFacts("IR-01", "گیلان", "Gilan", 2, 3),
    ProvinceFacts("IR-02", "مازندران", "Mazandaran", 2, 4),
    ProvinceFacts("IR-03", "آذربایجان شرقی", "East Azerbaijan", 1, 2),
    ProvinceFacts("IR-04", "آذربایجان غربی", "West Azerbaijan", 1, 1),
    ProvinceFacts("IR-05", "کرمانشاه", "Kermanshah", 3, 1),
    ProvinceFacts("IR-06", "خوزستان", "Khuzestan", 5, 2),
    ProvinceFacts("IR-07", "فارس", "Fars", 5, 5),
    ProvinceFacts("IR-08", "کرمان", "Kerman", 5, 6),
    ProvinceFacts("IR-09", "خراسان رضوی", "Razavi Khorasan", 3, 7),
    ProvinceFacts("IR-10", "اصفهان", "Isfahan", 4, 5),
    ProvinceFacts("IR-11", "سیستان و بلوچستان", "Sistan and Baluchestan", 5, 7),
    ProvinceFacts("IR-12", "کردستان", "Kurdistan", 2, 1),
    ProvinceFacts("IR-13", "همدان", "Hamadan", 3, 2),
    ProvinceFacts("IR-14", "چهارمحال و بختیاری", "Chaharmahal and Bakhtiari", 5, 3),
    ProvinceFacts("IR-15", "لرستان", "Lorestan", 4, 2),
    ProvinceFacts("IR-16", "ایلام", "Ilam", 4, 1),
    ProvinceFacts("IR-17", "کهگیلویه و بویراحمد", "Kohgiluyeh and Boyer-Ahmad", 5, 4),
    ProvinceFacts("IR-18", "بوشهر", "Bushehr", 6, 4),
    ProvinceFacts("IR-19", "زنجان", "Zanjan", 2, 2),
    ProvinceFacts("IR-20", "سمنان", "Semnan", 3, 6),
    ProvinceFacts("IR-21", "یزد", "Yazd", 4, 6),
    ProvinceFacts("IR-22", "هرمزگان", "Hormozgan", 6, 6),
    ProvinceFacts("IR-23", "تهران", "Tehran", 3, 5),
    ProvinceFacts("IR-24", "اردبیل", "Ardabil", 1, 3),
    ProvinceFacts("IR-25", "قم", "Qom", 4, 4),
    ProvinceFacts("IR-26", "قزوین", "Qazvin", 3, 3),
    ProvinceFacts("IR-27", "گلستان", "Golestan", 2, 5),
    ProvinceFacts("IR-28", "خراسان شمالی", "North Khorasan", 2, 6),
    ProvinceFacts("IR-29", "خراسان جنوبی", "South Khorasan", 4, 7),
    ProvinceFacts("IR-30", "البرز", "Alborz", 3, 4),
)
