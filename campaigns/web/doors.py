"""The doors of the house, one line each."""

from importlib import import_module

from flask import Flask

DOORS = (
    "site",
    "give",
    "supporters",
    "account",
    "desk",
    "counter",
    "goods",
    "deliveries",
    "problems",
    "review",
    "finance",
    "people",
    "partners",
    "audit",
    "network",
    "coordination",
    "shifts",
    "embed",
    "api",
    "ops",
)


def register(app: Flask) -> None:
    for name in DOORS:
        app.register_blueprint(import_module(f"campaigns.web.{name}").door)
