"""Commands for operators, one group a file."""

from flask import Flask

from campaigns.cli import accounts, regions, worker
from campaigns.cli.sample.command import sample


def register(app: Flask) -> None:
    for command in (accounts.accounts, regions.regions, worker.worker, sample):
        app.cli.add_command(command)
