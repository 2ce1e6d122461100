"""Pictures and papers of campaign pages: for everybody once their block is approved, before that for who is shown them.

A private address is signed when a page with it is made, for somebody who may see that page, and soon over. A picture
of which consent was withdrawn is gone (410) at every address it ever had; so that this holds on the next visit, no
cache shows a picture without asking (304 where it still holds).
"""

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from campaigns.base.tokens import TokenInvalid, read, sign
from campaigns.config import Settings
from campaigns.domain.campaigns.block_store import public_paper, public_picture
from campaigns.domain.pictures.models import Paper, Picture
from campaigns.domain.pictures.sizes import TYPES
from campaigns.domain.pictures.store import data_of, is_withdrawn, key_of, paper_data, papers, pictures
from campaigns.web.guards import cacheable, public

page = Blueprint("pictures", __name__)
PRIVATE_SECONDS = 4 * 3600
"""A page with such addresses may stay open so long."""


@page.get("/pictures/<key>/<file>")
@cacheable(immutable=True, prompt=True)
def show(key: str, file: str) -> ResponseReturnValue:
    picture = public_picture(key)
    if picture is None and is_withdrawn(key):
        abort(410)
    mark = f"{key}-{file}"
    if picture is not None and request.if_none_match.contains(mark):
        answer = _sealed(current_app.response_class(status=304), "inline", file)
    else:
        answer = _picture(picture, file)
    answer.set_etag(mark)
    return answer


@page.get("/pictures/private/<token>/<file>")
@public()
def private(token: str, file: str) -> ResponseReturnValue:
    name = _told("picture", token)
    if is_withdrawn(key_of(name) or ""):
        abort(410)
    return _picture(pictures([name]).get(name), file)


@page.get("/documents/<key>.pdf")
@cacheable(immutable=True)
def document(key: str) -> ResponseReturnValue:
    return _paper(public_paper(key))


@page.get("/documents/private/<token>")
@public()
def private_document(token: str) -> ResponseReturnValue:
    name = _told("paper", token)
    return _paper(papers([name]).get(name))


@page.app_template_global()
def picture_base(picture: Picture, private: bool) -> str:
    """What comes before the name of a file of this picture; the same in every language."""
    if private:
        return _address("private", token=sign("picture", picture.public_id), file="")
    return _address("show", key=picture.key, file="")


@page.app_template_global()
def picture_set(picture: Picture, base: str, form: str) -> str:
    """Every version of one format, with how wide it is: for `srcset`."""
    return ", ".join(f"{base}{width}.{form} {width}w" for width in picture.widths)


@page.app_template_global()
def paper_address(paper: Paper, private: bool) -> str:
    if private:
        return _address("private_document", token=sign("paper", paper.public_id))
    return _address("document", key=paper.key)


def _address(view: str, **values: str) -> str:
    return current_app.url_map.bind("").build(f"site.pictures.{view}", values)


def _told(purpose: str, token: str) -> str:
    try:
        return str(read(purpose, token, PRIVATE_SECONDS))
    except TokenInvalid:
        abort(404)


def _picture(picture: Picture | None, file: str) -> Response:
    data = data_of(picture, file, _settings().data_dir) if picture else None
    if data is None:
        abort(404)
    return _sealed(Response(data, mimetype=TYPES[file.rpartition(".")[2]]), "inline", file)


def _paper(paper: Paper | None) -> Response:
    """To be kept: no page of ours opens it."""
    data = paper_data(paper, _settings().data_dir) if paper else None
    if paper is None or data is None:
        abort(404)
    return _sealed(Response(data, mimetype="application/pdf"), "attachment", f"document-{paper.key[:8]}.pdf")


def _sealed(answer: Response, kind: str, name: str) -> Response:
    answer.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
