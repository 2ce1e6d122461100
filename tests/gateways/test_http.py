"""The client that never hangs, never follows and never reads too much."""

import pytest

from campaigns.domain.payments.errors import RateLimited, Unavailable, UnexpectedResponse
from campaigns.gateways.http import LONGEST_ANSWER, LONGEST_WAIT_SECONDS, JsonClient
from tests.gateways.canned import Canned


def test_an_object_comes_back_with_its_status(canned: Canned) -> None:
    canned.says({"a": 1.5, "b": 2}, 418)
    answer = JsonClient(canned.base_url).post("/x", {})
    assert (answer.status, answer.body) == (418, {"a": "1.5", "b": 2})


def test_a_redirect_is_not_followed(canned: Canned) -> None:
    canned.says("", 307, Location=canned.base_url + "/elsewhere")
    with pytest.raises(UnexpectedResponse):
        JsonClient(canned.base_url).post("/x", {})
    assert [path for path, _headers, _body in canned.asked] == ["/x"]


def test_the_longest_answer_is_read_and_a_longer_one_refused(canned: Canned) -> None:
    canned.says('{"a":"' + "x" * (LONGEST_ANSWER - 8) + '"}')
    assert JsonClient(canned.base_url).post("/x", {}).status == 200
    canned.says('{"a":"' + "x" * (LONGEST_ANSWER - 7) + '"}')
    with pytest.raises(UnexpectedResponse, match="too long"):
        JsonClient(canned.base_url).post("/x", {})


def test_a_drip_of_bytes_does_not_hold_the_thread(canned: Canned) -> None:
    canned.says('{"a":"' + "x" * 10_000 + '"}')
    canned.drip_seconds = 0.05
    with pytest.raises(Unavailable):
        JsonClient(canned.base_url, read=0.3).post("/x", {})


def test_silence_ends_in_a_time_out(canned: Canned) -> None:
    canned.says("{}")
    canned.promised_length = 50
    with pytest.raises(Unavailable):
        JsonClient(canned.base_url, read=0.3).post("/x", {})


def test_a_page_of_html_is_unavailable_or_unexpected(canned: Canned) -> None:
    canned.says("<h1>502</h1>", 502)
    with pytest.raises(Unavailable) as caught:
        JsonClient(canned.base_url).post("/x", {})
    assert caught.value.raw == {"http_status": 502, "body": "<h1>502</h1>"}
    canned.says("<h1>hello</h1>", 200)
    with pytest.raises(UnexpectedResponse):
        JsonClient(canned.base_url).post("/x", {})


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30), ("0", 0), ("-5", 0), ("999999999", LONGEST_WAIT_SECONDS), ("soon", None), ("1.5", None)],
)
def test_too_many_calls_say_when_to_come_back(canned: Canned, header: str, seconds: int | None) -> None:
    canned.says("slow down", 429, Retry_After=header)
    with pytest.raises(RateLimited) as caught:
        JsonClient(canned.base_url).post("/x", {})
    assert caught.value.retry_after_seconds == seconds


def test_a_compressed_answer_is_not_unpacked(canned: Canned) -> None:
    canned.says(b"\x1f\x8b\x08\x00", 200, Content_Encoding="gzip")
    with pytest.raises(UnexpectedResponse):
        JsonClient(canned.base_url).post("/x", {})
    assert canned.asked[0][1]["Accept-Encoding"] == "identity"


def test_cookies_are_not_kept(canned: Canned) -> None:
    client = JsonClient(canned.base_url)
    canned.says({}, 200, Set_Cookie="a=b; Path=/")
    client.post("/x", {})
    client.post("/x", {})
    assert "Cookie" not in canned.asked[1][1]


def test_a_proxy_of_the_environment_is_ignored(canned: Canned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    canned.says({})
    assert JsonClient(canned.base_url).post("/x", {}).status == 200


def test_a_host_without_a_name_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        JsonClient("http://no-such-host.invalid").post("/x", {})


def test_plain_text_where_tls_is_due_is_unavailable(canned: Canned) -> None:
    with pytest.raises(Unavailable):
        JsonClient(canned.base_url.replace("http://", "https://")).post("/x", {})
