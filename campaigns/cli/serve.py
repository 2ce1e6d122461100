"""`flask serve`: the site on granian. The app is made once, and the processes that serve it are forked from it.

They share its memory, and one that dies is back within a moment instead of reading the whole house again.
Nothing that must not be shared may be open when they are forked: no connection, no thread (`loglines`), no lock
(`base.turns`, `base.engine`).

The worker can be one of them (`--with-worker`): a program that has read the whole house takes more memory for that
than for all its work.
"""

import os
import sys
from functools import partial
from importlib import import_module
from signal import SIGKILL

import click
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from campaigns.base.offspring import Offspring, end_with_parent
from campaigns.cli.warm import warm
from campaigns.cli.worker import work
from campaigns.web.loglines import to_stderr

RESPAWN_SECONDS = 0.2
"""Granian gives up when a process dies sooner than that after the last one; whoever keeps us starts all anew."""
STOP_SECONDS = 30
"""A process that is told to stop has that long for the answers it owes. Now and then one of granian's (2.8) waits for
itself instead, its interpreter held, and with it the turn of all who write to a SQLite file: so one that has lost its
parent, and nobody who would count these seconds, is killed at once. A gift stands that: whatever was begun is taken up.
"""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=2, show_default=True, help="Processes; one for each core.")
@click.option("--threads", default=4, show_default=True, help="Requests at a time in each of them.")
@click.option("--with-worker", is_flag=True, help="The worker as well, in a process of its own.")
def serve(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Serves the site; ends with SIGTERM or Ctrl-C."""
    sys.exit(run("wsgi:app", host, port, workers, threads, with_worker=with_worker))


def run(target: str, host: str, port: int, workers: int, threads: int, *, with_worker: bool = False) -> int:
    """Serves the WSGI app `target` (`module:name`) and returns when it is told to stop: 0, or 1 after a failure."""
    sys.path.insert(0, "")
    module, name = target.split(":")
    app = getattr(import_module(module), name)
    if isinstance(app, Flask) and "pagecache" in app.extensions:
        warm(app)
    to_stderr().rest()
    site = partial(_serve, target, host, port, workers, threads)
    if with_worker:
        return Offspring({"site": site, "worker": partial(work, app)}).keep()
    site()
    return 0


def _serve(target: str, host: str, port: int, workers: int, threads: int) -> None:
    os.register_at_fork(after_in_child=partial(end_with_parent, SIGKILL))  # else they would serve without it
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
