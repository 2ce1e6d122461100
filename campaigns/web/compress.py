"""Pages that are not kept, made small on their way out: the pages of giving, receipts, errors.

Not those of people who are signed in: they hold a token that stays the same, beside text others may
choose, and its length would tell what it is (BREACH, https://www.breachattack.com).
"""

from flask import Flask, Response, request

from campaigns.web.encodings import SMALLEST, best_encoding, encode, is_text
from campaigns.web.guards import policy_of

QUICK = 4  # brotli quality and gzip level: half a millisecond for a page


def init_compress(app: Flask) -> None:
    app.after_request(shrink)


def shrink(response: Response) -> Response:
    policy = policy_of(request.endpoint)
    if policy is not None and not policy.sessionless:
        return response
    if response.direct_passthrough or response.is_streamed or not is_text(response.content_type or ""):
        return response
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.vary.add("Accept-Encoding")
    encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
    if encoding != "identity":
        response.set_data(encode(body, encoding, QUICK))
        response.content_encoding = encoding
    return response
