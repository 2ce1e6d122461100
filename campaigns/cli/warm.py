"""What the first visitors would make in each process, made once before the processes are forked: they share it."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import create_environ

from campaigns.base.extensions import db
from campaigns.base.garbage import sweep_less
from campaigns.web.pagecache import ask

GIVING = ("give/choose.html", "give/details.html", "give/hop.html", "give/receipt.html")


def warm(app: Flask) -> None:
    """Looks at the first page and reads the templates of giving. Leaves no page and no connection behind; a database
    that does not answer is no reason not to start. (Where Flask debugs it would be one: there nothing is warmed.)
    """
    if app.debug:
        return
    address = urlsplit(app.config["SETTINGS"].site_url)
    ask(app.wsgi_app, create_environ("/", f"{address.scheme}://{address.netloc}"))
    for name in GIVING:
        app.jinja_env.get_template(name)
    app.extensions["pagecache"].clear()
    with app.app_context():
        db.engine.dispose()
    sweep_less()
