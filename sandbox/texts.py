"""The practice box for text messages: takes what a provider would send, and shows it."""

import time

from flask import Blueprint, Response, jsonify, render_template

from sandbox.bank import sent_object, the_bank
from sandbox.clock import tehran

MOST, LONGEST = 50, 1000
box = Blueprint("texts", __name__)


@box.post("/sms/send")
def take() -> tuple[Response, int]:
    """A message under a reference that came before is kept once, as good providers do."""
    sent = sent_object()
    values = [str(sent.get(name, ""))[:LONGEST] for name in ("reference", "to", "text")]
    if not all(values):
        return jsonify({"error": "to, text and reference are needed"}), 400
    with the_bank().store.transaction() as db:
        db.execute(
            "INSERT INTO text_message (reference, number, body, taken_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (reference) DO NOTHING",
            (*values, int(time.time())),
        )
    return jsonify({"taken": values[0]}), 202


@box.get("/sms")
def show() -> str:
    with the_bank().store.transaction() as db:
        rows = db.execute(
            "SELECT number, body, taken_at FROM text_message ORDER BY taken_at DESC, rowid DESC LIMIT ?",
            (MOST,),
        ).fetchall()
    messages = [(row["number"], row["body"], tehran(row["taken_at"]).strftime("%H:%M")) for row in rows]
    return render_template("texts.html", messages=messages)
