"""The WSGI entry: `granian --interface wsgi wsgi:app` or `gunicorn wsgi:app`."""

import sys

from campaigns.app import create_app
from campaigns.base.garbage import sweep_less
from campaigns.config import BadSettings
from campaigns.domain.payments.errors import ConfigError

try:
    app = create_app()
except BadSettings as bad:
    sys.exit("\n".join(bad.problems))
except ConfigError as wrong:
    sys.exit(str(wrong))
sweep_less()
