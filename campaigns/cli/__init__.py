"""Commands for operators, one group a file."""

from flask import Flask

from campaigns.cli import accounts, ledger, regions, serve, worker
from campaigns.cli.sample.command import sample


def register(app: Flask) -> None:
    for command in (accounts.accounts, ledger.ledger, regions.regions, serve.serve, worker.worker, sample):
        app.cli.add_command(command)
