"""Settings of the practice bank, from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class NotInProduction(Exception):
    """Somebody tried to start the practice bank where money is real."""


@dataclass(frozen=True)
class BankSettings:
    """Where the bank lives. Without a `token` the control API is shut; `magic` turns the magic amounts on.

    `session_minutes`: how long a payer has. `window_minutes`: how long paid money waits for a verify.
    """

    data_dir: Path
    port: int = 8010
    token: str = ""
    magic: bool = True
    session_minutes: int = 15
    window_minutes: int = 30
    environment: str = "development"

    def __post_init__(self) -> None:
        if self.environment == "production":
            raise NotInProduction("the practice bank does not start when POOYESH_ENV=production")


def from_environment(env: Mapping[str, str] = os.environ) -> BankSettings:
    """Reads BANK_PORT, DATA_DIR, SANDBOX_TOKEN, BANK_MAGIC and POOYESH_ENV. Raises `NotInProduction`."""
    return BankSettings(
        data_dir=Path(env.get("DATA_DIR", str(ROOT / "var"))).resolve(),
        port=int(env.get("BANK_PORT", "8010")),
        token=env.get("SANDBOX_TOKEN", ""),
        magic=env.get("BANK_MAGIC", "on") != "off",
        environment=env.get("POOYESH_ENV", "development"),
    )
