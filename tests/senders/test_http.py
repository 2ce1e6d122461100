"""A provider of text messages that takes one by a POST: the practice box, and whatever else settings describe."""

from urllib.parse import parse_qs

import pytest

from campaigns.base.texts import Text, TextError
from campaigns.config import Settings
from campaigns.senders import UnknownSender, build_sender
from campaigns.senders.http import HttpSender
from tests.gateways.canned import canned_server
from tests.support.processes import PracticeBank

SARA = "+989123456789"
MEAN = 'به «{number}» "رسید"\n& number=1'


def through(url: str, **settings: str):
    sender = build_sender(Settings(sms_sender="http", sms_url=url, **settings))
    assert sender is not None
    return sender


def test_a_message_stands_in_the_practice_box_once_however_often_it_is_sent(
    practice_bank: PracticeBank,
) -> None:
    for _ in range(2):
        through(f"{practice_bank.url}/sms/send").send(Text(SARA, "رسید شما: abc", "7-1"))
    with practice_bank.bank.store.transaction() as book:
        rows = book.execute("SELECT number, body FROM text_message").fetchall()
    assert [tuple(row) for row in rows] == [(SARA, "رسید شما: abc")]


def test_what_is_written_in_a_message_never_changes_the_shape_of_what_is_sent() -> None:
    nested = '{"message": {"to": ["{national}"], "body": "{text}"}, "id": "{reference}"}'
    form = "receptor={national}&message={text}&localid={reference}&line=3000"
    with canned_server() as provider:
        for shape in (nested, form):
            through(provider.base_url, sms_body=shape, sms_header="apikey: sesame").send(
                Text(SARA, MEAN, "7-1")
            )
        ((_path, headers, sent),) = provider.asked
        _method, said = provider.called[-1]
    assert headers["apikey"] == "sesame"
    assert sent == {"message": {"to": ["09123456789"], "body": MEAN}, "id": "7-1"}
    read = parse_qs(said.partition(" ")[2])
    assert read == {"receptor": ["09123456789"], "message": [MEAN], "localid": ["7-1"], "line": ["3000"]}


def test_a_refusal_and_a_silence_say_why_without_the_number() -> None:
    with canned_server() as provider:
        provider.says({"number": SARA}, 402)
        with pytest.raises(TextError, match=r"^HTTP 402$"):
            through(provider.base_url).send(Text(SARA, "x", "7-1"))
    with pytest.raises(TextError) as silence:
        through("http://127.0.0.1:9/send").send(Text(SARA, "x", "7-1"))
    assert SARA not in str(silence.value)


def test_a_provider_nobody_knows_and_a_shape_without_a_number_are_refused_at_the_start() -> None:
    assert build_sender(Settings()) is None
    with pytest.raises(UnknownSender, match="pigeon"):
        build_sender(Settings(sms_sender="pigeon"))
    with pytest.raises(ValueError, match="number"):
        HttpSender("https://sms.example", '{"text": "{text}"}', {}, private=False)
