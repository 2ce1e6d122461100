"""The WSGI entry: `granian --interface wsgi wsgi:app` or `gunicorn wsgi:app`."""

from campaigns.app import create_app
from campaigns.base.garbage import sweep_less

app = create_app()
sweep_less()
