"""A newspaper's server is told when a campaign moves: signed, once, and again until it has arrived."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from campaigns.base.clock import at, now
from campaigns.base.extensions import db
from campaigns.domain.campaigns import actions
from campaigns.domain.campaigns.states import Move
from campaigns.domain.webhooks import endpoints, telling
from campaigns.domain.webhooks.models import Message
from campaigns.web.letterlinks import link
from tests.cast import mina, parisa, reza
from tests.support.crowds import at_once
from tests.worlds import gift, live_campaign


class Newspaper(ThreadingHTTPServer):
    """Keeps what it was sent and answers as it was told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Desk)
        self.answers: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/hook?of=pooyesh"


class _Desk(BaseHTTPRequestHandler):
    server: Newspaper

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(({key.lower(): value for key, value in self.headers.items()}, body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Not to the tests' output."""


@contextmanager
def newspaper() -> Iterator[Newspaper]:
    with Newspaper() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def paper() -> Iterator[Newspaper]:
    with newspaper() as server:
        yield server


@pytest.fixture
def campaign(app):
    return live_campaign(mina(), reza(), parisa())


def told(campaign, url: str) -> str:
    """The address is told from now on; its secret."""
    _endpoint, secret = endpoints.add(campaign, url, campaign.author)
    db.session.commit()
    return secret


def send() -> int:
    return telling.send_due(link, private=True)


def later(**much: int):
    return at(now() + timedelta(**much))


def messages() -> list[Message]:
    db.session.expire_all()
    return db.session.query(Message).order_by(Message.id).all()


def test_a_change_arrives_signed_so_that_a_library_of_others_knows_it(campaign, paper):
    secret = told(campaign, paper.url)
    gift(campaign, 5_000_000, donor_name="سارا احمدی")
    assert send() == 1
    ((headers, body),) = paper.got
    said = Webhook(secret).verify(body, headers)
    assert said["type"] == "campaign.changed"
    assert (said["data"]["received_rials"], said["data"]["gifts"]) == (5_000_000, 1)
    assert said["data"]["api"] == f"http://localhost/api/v1/campaigns/{campaign.slug}"
    assert "سارا" not in body.decode() and headers["host"].startswith("127.0.0.1:")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"5000000", b"9000000"), headers)
    assert send() == 0 and len(paper.got) == 1


def test_a_busy_minute_is_one_message_with_the_newest_numbers(campaign, paper):
    told(campaign, paper.url)
    send()
    for _ in range(3):
        gift(campaign, 500_000)
        send()
    assert len(paper.got) == 1
    with later(seconds=61):
        assert send() == 1
    assert json.loads(paper.got[-1][1])["data"]["received_rials"] == 1_500_000


def test_what_does_not_arrive_is_tried_again_with_the_same_number_and_words(campaign, paper):
    told(campaign, paper.url)
    paper.answers = [500, 302, 204]
    assert send() == 0
    with later(seconds=6):
        assert send() == 0
    with later(seconds=6 + 301):
        assert send() == 1
    ids = {headers["webhook-id"] for headers, _body in paper.got}
    assert len(paper.got) == 3 and len(ids) == 1 and len({body for _headers, body in paper.got}) == 1
    assert len({headers["webhook-timestamp"] for headers, _body in paper.got}) == 3
    (message,) = messages()
    assert (message.state, message.tries, message.last_status) == ("done", 3, 204)


def test_after_the_last_try_it_is_given_up_and_a_person_may_send_it_again(campaign, paper):
    told(campaign, paper.url)
    paper.answers = [503] * 10
    spent = timedelta()
    send()
    for pause in telling.PAUSES:
        spent += pause + timedelta(seconds=1)
        with at(now() + spent):
            send()
    (message,) = messages()
    assert (message.state, message.tries) == ("dead", 10)
    assert not endpoints.send_again(campaign.id + 1, message.public_id)
    assert endpoints.send_again(campaign.id, message.public_id)
    db.session.commit()
    assert send() == 1 and messages()[0].state == "done"


def test_gone_ends_the_address_and_a_removed_one_is_told_nothing(campaign, paper):
    told(campaign, paper.url)
    paper.answers = [410]
    send()
    gift(campaign, 500_000)
    with later(minutes=5):
        assert send() == 0
    (endpoint,) = endpoints.of_campaign(campaign.id)
    assert endpoint.gone and len(paper.got) == 1
    endpoints.renew(endpoint)
    db.session.commit()
    with later(minutes=5):
        assert send() == 1
    endpoints.remove(endpoint)
    gift(campaign, 500_000)
    with later(minutes=10):
        assert send() == 0


def test_a_pause_of_the_campaign_is_told(campaign, paper):
    told(campaign, paper.url)
    send()
    actions.move(campaign, Move.PAUSE, campaign.author, "انبار پر است")
    db.session.commit()
    with later(seconds=61):
        send()
    assert json.loads(paper.got[-1][1])["data"]["state"] == "paused"


def test_four_workers_at_once_send_each_message_once(app, campaign, paper):
    told(campaign, paper.url)
    gift(campaign, 500_000)

    def work(_number: int) -> int:
        sent = telling.send_due(link, private=True)
        db.session.commit()
        return sent

    assert sum(at_once(app, 4, work)) == 1
    assert len(paper.got) == len(messages()) == 1


def test_a_server_that_does_not_answer_costs_a_try_and_nothing_else(campaign):
    told(campaign, "http://127.0.0.1:9/hook")
    assert send() == 0
    (message,) = messages()
    assert (message.state, message.tries, message.last_status) == ("waiting", 1, None)
    assert message.last_problem
