"""What we are measured against: the least a Flask app can do for the same bytes, rows, form."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from sqlalchemy import BigInteger, DateTime, Engine, LargeBinary, String, create_engine, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from campaigns.base import engine

ROWS = 50
HEADERS, HEADER = 13, 50
"""How many headers a kept page has, and how long their values are on the average."""
TEMPLATE = """<!doctype html><html lang="fa" dir="rtl">
<head><meta charset="utf-8"><title>{{ head.title }}</title></head>
<body><h1>{{ head.title }}</h1><p>{{ total }}</p><ul>
{% for row in rows %}<li class="row"><b>{{ row.name }}</b> <span>{{ row.rials }}</span></li>
{% endfor %}</ul><div>{{ padding }}</div></body></html>"""


class Base(DeclarativeBase):
    pass


class Head(Base):
    __tablename__ = "bench_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))


class Row(Base):
    __tablename__ = "bench_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    rials: Mapped[int] = mapped_column(BigInteger)


class BarePledge(Base):
    __tablename__ = "bench_pledge"
    id: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[str] = mapped_column(String(40))
    intent: Mapped[str] = mapped_column(String(20))
    form_key: Mapped[str] = mapped_column(String(300))
    mobile: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    dedication: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(String(120))


class BarePlace(Base):
    """The columns of a place in the book, its indexes too."""

    __tablename__ = "bench_place"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    txn_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    prev_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    commitment: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    placed_at: Mapped[datetime] = mapped_column(DateTime)


def bare(body_path: str) -> Flask:
    """A Flask view that returns the bytes of a file."""
    app, body = Flask("bare"), Path(body_path).read_bytes()

    @app.get("/page")
    def page() -> bytes:
        return body

    return app


def plain(body_path: str) -> Callable[..., list[bytes]]:
    """What the server itself can do at most: a WSGI function with the bytes and as many headers in its hand."""
    body = Path(body_path).read_bytes()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    headers += [(f"X-Header-{number}", "v" * HEADER) for number in range(HEADERS - len(headers))]

    def page(_environ: object, start_response: Callable[[str, list[tuple[str, str]]], object]) -> list[bytes]:
        start_response("200 OK", headers)
        return [body]

    return page


def rendered(url: str, size: int) -> Flask:
    """A Flask view with three ORM queries and a template with a loop of fifty rows, `size` bytes in all."""
    app = Flask("rendered")
    database = _open(url)

    @app.get("/page")
    def page() -> str:
        engine.reading.set(True)
        with Session(database) as session:
            head = session.get(Head, 1)
            rows = session.scalars(select(Row).order_by(Row.id)).all()
            total = session.scalar(select(Row.rials).where(Row.id == ROWS))
            return render_template_string(TEMPLATE, head=head, rows=rows, total=total, padding=padding[0])

    padding = [""]
    with app.test_client() as client:
        padding[0] = "و" * max(0, (size - len(client.get("/page").data)) // 2)
    return app


def pledge(url: str) -> Flask:
    """A Flask view that parses the same form, inserts one row through the ORM and commits."""
    app = Flask("pledge")
    database = _open(url)
    fields = [column.name for column in BarePledge.__table__.columns if column.name != "id"]

    @app.post("/pledge")
    def give() -> ResponseReturnValue:
        engine.reading.set(False)
        with Session(database) as session:
            session.add(BarePledge(**{name: request.form.get(name, "") for name in fields}))
            session.commit()
        return redirect("/thanks", 303)

    return app


def places(url: str, rows: Sequence[Mapping[str, object]], batch: int) -> None:
    """Inserts these rows of `bench_place`, a commit for each batch."""
    database, bare_insert = _open(url), insert(BarePlace.__table__)  # type: ignore[arg-type]
    for first in range(0, len(rows), batch):
        with database.begin() as connection:
            connection.execute(bare_insert, rows[first : first + batch])
    database.dispose()


def prepare(url: str) -> None:
    """The tables of these limits, and the rows of the rendered page, in a database of their own."""
    database = _open(url)
    Base.metadata.create_all(database)
    with Session(database) as session:
        session.add(Head(id=1, title="پویش جهیزیه"))
        session.add_all(Row(id=n + 1, name=f"نیکوکار {n}", rials=n * 10_000) for n in range(ROWS))
        session.commit()
    database.dispose()


def _open(url: str) -> Engine:
    database = create_engine(url, **engine.engine_options(url))
    engine.prepare(database)
    return database
