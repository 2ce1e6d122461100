"""The description of the interface for programs: OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html)."""

from collections.abc import Sequence
from typing import Any

from campaigns.domain.campaigns.states import State
from campaigns.domain.campaigns.topics import Topic

Schema = dict[str, Any]
STATES = ("open", "reached", "ended", "all")
SHOWN = (State.APPROVED, State.LIVE, State.PAUSED, State.FROZEN, State.ENDED, State.CANCELLED)
LONGEST_WORDS, LAST_PAGE = 80, 9999
TEXT: Schema = {"type": "string"}
SLUG: Schema = {"type": "string", "pattern": "^[a-z0-9-]{1,60}$"}
WORDS: Schema = {"type": "string", "maxLength": LONGEST_WORDS, "pattern": r"^[^\x00-\x1f\x7f]*$"}
RIALS: Schema = {"type": "integer", "minimum": 0, "description": "rials"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "format": "date"}
LINK: Schema = {"type": "string", "format": "uri"}


def described(base: str, provinces: Sequence[str]) -> Schema:
    """`base`: the full address of version 1, without a slash at its end. `provinces`: their codes."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pooyesh",
            "version": "1",
            "description": "Public numbers of campaigns. Keys are only ever added. No key is asked for.",
        },
        "servers": [{"url": base}],
        "paths": {
            "/campaigns": {"get": _campaigns(provinces)},
            "/campaigns/{slug}": {"get": _campaign()},
            "/provinces": {"get": _provinces()},
        },
        "components": {"schemas": _schemas()},
    }


def _campaigns(provinces: Sequence[str]) -> Schema:
    return {
        "operationId": "listCampaigns",
        "summary": "Campaigns with a page, the newest first",
        "parameters": [
            _asked("province", {"enum": list(provinces)}, "a code of ISO 3166-2"),
            _asked("topic", {"enum": list(Topic)}, "what it is about"),
            _asked("state", {"enum": list(STATES), "default": "open"}, "which of them"),
            _asked(
                "q",
                WORDS,
                "words of title and text, in any spelling",
            ),
            _asked("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}, "page"),
        ],
        "responses": {
            "200": _answer(
                _object(items={"type": "array", "items": _ref("Short")}, total=COUNT, page=COUNT, pages=COUNT)
            ),
            "422": _wrong("Something in the question does not fit"),
        },
    }


def _campaign() -> Schema:
    slug = {"name": "slug", "in": "path", "required": True, "schema": SLUG, "description": "its address"}
    return {
        "operationId": "showCampaign",
        "summary": "One campaign with everything that is public in numbers",
        "parameters": [slug],
        "responses": {
            "200": _answer(_ref("Campaign")),
            "301": {"description": "It has another address now"},
            "404": _wrong("There is none"),
        },
    }


def _provinces() -> Schema:
    place = _object(code=TEXT, name_fa=TEXT, name_en=TEXT, url=LINK, open_campaigns=COUNT)
    return {
        "operationId": "listProvinces",
        "summary": "The provinces, with how many campaigns are open in each",
        "responses": {"200": _answer(_object(items={"type": "array", "items": place}))},
    }


def _schemas() -> Schema:
    short = {
        "slug": TEXT,
        "title": TEXT,
        "language": TEXT | {"description": "of the title"},
        "url": LINK,
        "topic": {"enum": list(Topic)},
        "provinces": {"type": "array", "items": TEXT},
        "state": {"enum": list(SHOWN)},
        "notice": _or_null(TEXT | {"description": "what to say beside the numbers"}),
        "unit": _object(name=TEXT, price_rials=RIALS, count=COUNT),
        "goal_rials": RIALS,
        "received_rials": {"type": "integer", "description": "rials; what went back is taken off"},
        "percent": {"type": "integer"},
        "gifts": COUNT,
        "ends_on": {"anyOf": [DAY, {"type": "null"}]},
        "is_sample": {"type": "boolean"},
    }
    five = {
        f"{name}_rials": _or_null(RIALS) for name in ("needed", "promised", "spent", "delivered", "short")
    }
    goods = {"type": "array", "items": _goods()}
    return {
        "Short": _object(**short),
        "Campaign": _object(**short, **five, goods=goods, as_of=DAY),
        "Problem": _object(("type", "title", "status"), type=TEXT, title=TEXT, status=COUNT, detail=TEXT),
    }


def _goods() -> Schema:
    counts = dict.fromkeys(("needed", "promised", "received", "paid_for", "missing"), COUNT)
    return _object(item=TEXT, unit=TEXT, **counts, delivered=_or_null(COUNT), missing_rials=_or_null(RIALS))


def _object(required: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required or properties), "properties": properties}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(schema: Schema) -> Schema:
    return {"description": "The answer", "content": {"application/json": {"schema": schema}}}


def _wrong(words: str) -> Schema:
    return {"description": words, "content": {"application/problem+json": {"schema": _ref("Problem")}}}


def _asked(name: str, schema: Schema, words: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
