"""Settings, all from the environment. `README.md` lists them with units and defaults."""

import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from campaigns.base.languages import LANGUAGES
from campaigns.base.signing import BadKey, read_key
from campaigns.base.working import Calendar, read_calendar

ROOT = Path(__file__).resolve().parent.parent
GATEWAY_HOSTS = {
    "zarinpal": ("zarinpal_merchant_id", "https://payment.zarinpal.com"),
    "zibal": ("zibal_merchant", "https://gateway.zibal.ir"),
    "sep": ("sep_terminal_id", "https://sep.shaparak.ir"),
}
"""Of each gateway the setting that names its terminal, and its host where money is real."""
WHOLE_NUMBERS = (
    *("PROXIES", "SESSION_HOURS", "SETTLE_HOURS", "CLEARING_DAYS", "REPORT_DAYS"),
    *("TRANSFER_HOURS", "TRANSFER_TWO_PEOPLE_RIALS"),
)
REPORT_HOSTS = {"zarinpal": "https://next.zarinpal.com", "zibal": "https://api.zibal.ir"}
"""Where a gateway's report of its days is asked for. Without an access token nobody asks."""
PRACTICE_TOKEN = "practice"  # noqa: S105 - opens the practice bank's reports only
HELP_HOURS = {"fa": "شنبه تا چهارشنبه، ۸ تا ۱۶", "en": "Saturday to Wednesday, 8 to 16"}
"""Of the sample organization; in production only its own hours are shown."""


class BadSettings(Exception):
    """The settings would make an unsafe or broken site. `problems` says each in a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    environment: str = "development"
    secret_key: str = ""
    secret_key_fallbacks: tuple[str, ...] = ()
    ledger_key: str = ""
    site_url: str = "http://127.0.0.1:8000"
    data_dir: Path = ROOT / "var"
    database_url: str = ""
    database_prepared: bool = True
    debug: bool = False
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    gateways: tuple[str, ...] = ("zarinpal",)
    zarinpal_merchant_id: str = "00000000-0000-4000-8000-000000000000"
    zarinpal_base_url: str = "http://127.0.0.1:8010"
    zarinpal_environment: str = "sandbox"
    zarinpal_payman: bool = False
    zarinpal_report_url: str = "http://127.0.0.1:8010"
    zarinpal_access_token: str = ""
    zarinpal_terminal: str = ""
    zibal_merchant: str = "zibal"
    zibal_base_url: str = "http://127.0.0.1:8010"
    zibal_environment: str = "sandbox"
    zibal_report_url: str = "http://127.0.0.1:8010"
    zibal_access_token: str = ""
    sep_terminal_id: str = "2015"
    sep_base_url: str = "http://127.0.0.1:8010"
    sep_environment: str = "sandbox"
    smtp_url: str = ""
    mail_from: str = "pooyesh@pooyesh.example"
    sms_sender: str = ""
    sms_url: str = ""
    sms_header: str = ""
    sms_body: str = '{"to": "{number}", "text": "{text}", "reference": "{reference}"}'
    session_hours: int = 12
    require_second_factor: bool = False
    settle_hours: int = 72
    transfer_hours: int = 72
    pledge_grace_days: int = 3
    transfer_two_people_rials: int = 500_000_000
    clearing_days: int = 7
    report_days: int = 30
    review_hours: str = "sat-wed 8-16"
    review_holidays: tuple[str, ...] = ()
    rate_limits: bool = True
    help_phone: str = "021 8812 3456"
    help_hours: Mapping[str, str] = field(default_factory=HELP_HOURS.copy)  # by language
    licence_check_url: str = ""  # where anyone can look a licence up; empty: nowhere

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure(self) -> bool:
        return self.site_url.startswith("https://")

    @property
    def review_calendar(self) -> Calendar:
        """When moderators work: what is due is counted in these hours."""
        return read_calendar(self.review_hours, self.review_holidays)

    @property
    def hosts(self) -> tuple[str, ...]:
        return (*self.trusted_hosts, urlsplit(self.site_url).hostname or "")


def from_environment(env: Mapping[str, str] = os.environ) -> Settings:
    """Reads the settings. Raises `BadSettings` when one cannot be read, in production when any is unsafe."""
    unreadable = list(_unreadable(env))
    if unreadable:
        raise BadSettings(unreadable)
    development = env.get("POOYESH_ENV", "development") != "production"
    port = env.get("PORT", "8000")
    data_dir = Path(env.get("DATA_DIR", str(ROOT / "var"))).resolve()
    settings = Settings(
        environment=env.get("POOYESH_ENV", "development"),
        secret_key=_secret("SECRET_KEY", env, data_dir, development),
        secret_key_fallbacks=_words(env.get("SECRET_KEY_FALLBACKS", "")),
        ledger_key=_secret("LEDGER_KEY", env, data_dir, development),
        site_url=env.get("SITE_URL", f"http://127.0.0.1:{port}" if development else "").rstrip("/"),
        data_dir=data_dir,
        database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'pooyesh.db'}",
        database_prepared=env.get("DATABASE_PREPARED", "on") != "off",
        debug=env.get("FLASK_DEBUG", "") not in {"", "0"},
        trusted_hosts=_words(env.get("TRUSTED_HOSTS", "127.0.0.1 localhost" if development else "")),
        proxies=int(env.get("PROXIES", "0")),
        gateways=_words(env.get("GATEWAYS", "zarinpal")),
        **_gateway_settings(env, development),
        zarinpal_payman=env.get("ZARINPAL_PAYMAN", "on" if development else "off") == "on",
        **_report_settings(env, development),
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", Settings.mail_from),
        **_text_settings(env, development),
        session_hours=int(env.get("SESSION_HOURS", "12")),
        require_second_factor=env.get("REQUIRE_SECOND_FACTOR", "off" if development else "on") != "off",
        **_deadlines(env),
        **_review_settings(env),
        rate_limits=env.get("RATE_LIMITS", "on") != "off",
        help_phone=env.get("HELP_PHONE", Settings.help_phone if development else "").strip(),
        licence_check_url=env.get("LICENCE_CHECK_URL", "").strip(),
        help_hours=_by_language(env, "HELP_HOURS", HELP_HOURS if development else {}),
    )
    problems = list(production_problems(settings)) if settings.production else []
    if problems:
        raise BadSettings(problems)
    return settings


def _deadlines(env: Mapping[str, str]) -> dict[str, int]:
    """How long things may take, and from which amount two people look."""
    return {
        "settle_hours": int(env.get("SETTLE_HOURS", "72")),
        "transfer_hours": int(env.get("TRANSFER_HOURS", "72")),
        "pledge_grace_days": int(env.get("PLEDGE_GRACE_DAYS", "3")),
        "transfer_two_people_rials": int(env.get("TRANSFER_TWO_PEOPLE_RIALS", "500000000")),
        "clearing_days": int(env.get("CLEARING_DAYS", "7")),
        "report_days": int(env.get("REPORT_DAYS", "30")),
    }


def _gateway_settings(env: Mapping[str, str], development: bool) -> dict[str, str]:
    """Of each gateway its terminal, address and environment: the practice bank or the real hosts."""
    bank = f"http://127.0.0.1:{env.get('BANK_PORT', '8010')}"
    values: dict[str, str] = {}
    for gateway, (terminal, host) in GATEWAY_HOSTS.items():
        address = env.get(f"{gateway}_base_url".upper(), bank if development else host)
        values[f"{gateway}_base_url"] = address.rstrip("/")
        place = "sandbox" if development else "live"
        values[f"{gateway}_environment"] = env.get(f"{gateway}_environment".upper(), place)
        values[terminal] = env.get(terminal.upper(), getattr(Settings, terminal))
    return values


def _text_settings(env: Mapping[str, str], development: bool) -> dict[str, str]:
    """Who sends text messages: in development the practice box of the bank, in production nobody unless said."""
    box = f"http://127.0.0.1:{env.get('BANK_PORT', '8010')}/sms/send"
    return {
        "sms_sender": env.get("SMS_SENDER", "http" if development else "").strip(),
        "sms_url": env.get("SMS_URL", box if development else "").strip(),
        "sms_header": env.get("SMS_HEADER", "").strip(),
        "sms_body": env.get("SMS_BODY", Settings.sms_body),
    }


def _review_settings(env: Mapping[str, str]) -> dict[str, Any]:
    """When moderators work."""
    hours = env.get("REVIEW_HOURS", Settings.review_hours)
    return {"review_hours": hours, "review_holidays": _words(env.get("REVIEW_HOLIDAYS", ""))}


def _report_settings(env: Mapping[str, str], development: bool) -> dict[str, str]:
    """Where each gateway's report is, and what opens it. The practice bank knows a terminal by its merchant."""
    bank = f"http://127.0.0.1:{env.get('BANK_PORT', '8010')}"
    values: dict[str, str] = {}
    for gateway, host in REPORT_HOSTS.items():
        practice = env.get(f"{gateway}_base_url".upper(), bank)
        address = env.get(f"{gateway}_report_url".upper(), practice if development else host)
        values[f"{gateway}_report_url"] = address.rstrip("/")
        token = PRACTICE_TOKEN if development else ""
        values[f"{gateway}_access_token"] = env.get(f"{gateway}_access_token".upper(), token)
    merchant = env.get("ZARINPAL_MERCHANT_ID", Settings.zarinpal_merchant_id)
    values["zarinpal_terminal"] = env.get("ZARINPAL_TERMINAL", merchant if development else "")
    return values


def production_problems(settings: Settings) -> list[str]:
    """Why these settings must not serve the public; empty when they may."""
    rules = [
        (len(settings.secret_key) < 32, "SECRET_KEY is missing or shorter than 32 characters"),
        (not _is_signing_key(settings.ledger_key), "LEDGER_KEY is missing or not 64 hexadecimal digits"),
        (settings.debug, "FLASK_DEBUG is on"),
        (not settings.site_url, "SITE_URL is missing"),
        (bool(settings.site_url) and not settings.secure, "SITE_URL must start with https://"),
        (not settings.rate_limits, "RATE_LIMITS is off"),
        (not settings.require_second_factor, "REQUIRE_SECOND_FACTOR is off"),
        (bool(settings.sms_sender) and _is_local(settings.sms_url), "SMS_URL must be an https address"),
        (not settings.help_phone, "HELP_PHONE is missing: every page says whom to call"),
    ]
    for gateway in settings.gateways:
        rules += _gateway_rules(settings, gateway) if gateway in GATEWAY_HOSTS else []
    return [sentence for broken, sentence in rules if broken]


def _gateway_rules(settings: Settings, gateway: str) -> list[tuple[bool, str]]:
    """The practice bank, its environment and its terminals have no place where money is real."""
    terminal, _host = GATEWAY_HOSTS[gateway]
    address, name = getattr(settings, f"{gateway}_base_url"), gateway.upper()
    live = getattr(settings, f"{gateway}_environment") == "live"
    practice = getattr(settings, terminal) == getattr(Settings, terminal)
    return [
        (_is_local(address), f"{name}_BASE_URL points to the practice bank"),
        (not live, f"{name}_ENVIRONMENT must be live"),
        (practice, f"{terminal.upper()} is missing"),
    ]


def _secret(name: str, env: Mapping[str, str], data_dir: Path, development: bool) -> str:
    """From the setting or the file it names; in development made once, 32 random bytes kept in the data folder."""
    if f"{name}_FILE" in env:
        return Path(env[f"{name}_FILE"]).read_text().strip()
    if env.get(name) or not development:
        return env.get(name, "")
    kept = data_dir / name.lower()
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_hex(32))
        kept.chmod(0o600)
    return kept.read_text().strip()


def _is_signing_key(text: str) -> bool:
    try:
        read_key(text)
    except BadKey:
        return False
    return True


def _by_language(env: Mapping[str, str], name: str, defaults: Mapping[str, str]) -> dict[str, str]:
    """`NAME_FA`, `NAME_EN`… by language; the default where one is not set."""
    return {code: env.get(f"{name}_{code.upper()}", defaults.get(code, "")).strip() for code in LANGUAGES}


def _unreadable(env: Mapping[str, str]) -> Iterator[str]:
    """What is no setting at all. A misspelt «production» must not pass for a practice site."""
    environment = env.get("POOYESH_ENV", "development")
    if environment not in {"development", "production"}:
        yield f"POOYESH_ENV must be development or production, not «{environment}»"
    for name in WHOLE_NUMBERS:
        said = env.get(name, "0")
        if not (said.isascii() and said.isdigit()):
            yield f"{name} must be a whole number, not «{said}»"
    try:
        read_calendar(*_review_settings(env).values())
    except ValueError as error:
        yield f"REVIEW_HOURS and REVIEW_HOLIDAYS must be like «sat-wed 8-16, thu 8-12» and 2026-03-21: {error}"
    if not _words(env.get("GATEWAYS", "zarinpal")):
        yield "GATEWAYS names no gateway"
    for name in ("SECRET_KEY_FILE", "LEDGER_KEY_FILE"):
        if name in env and not os.access(env[name], os.R_OK):
            yield f"{name} cannot be read: {env[name]}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1", None} or url.startswith("http://")
