"""Files that strangers have sent, as answers: a picture to look at, or a paper to keep. No page of ours opens them."""

from flask import Response


def answer(data: bytes, kind: str, name: str) -> Response:
    """`kind`: `image`, drawn anew as a JPEG; anything else is only kept. `name`: with its ending."""
    is_picture = kind == "image"
    made = Response(data, mimetype="image/jpeg" if is_picture else "application/octet-stream")
    made.headers["Content-Disposition"] = f'{"inline" if is_picture else "attachment"}; filename="{name}"'
    made.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return made
