"""The settings of one deployment: HEADWAY_* variables, checked before Django starts."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """Every setting an operator may change; `headway doctor` explains what to mend."""

    model_config = SettingsConfigDict(env_prefix="HEADWAY_", extra="ignore", frozen=True)

    mode: Literal["development", "demonstration", "production"] = Field(
        default="development",
        description="production refuses demonstration sign-in links and asks for a secret key.",
    )
    data: Path = Field(
        default=PROJECT / "var",
        description="Folder for the SQLite database, uploaded files, outgoing mail and keys.",
    )
    keys: Path | None = Field(
        default=None,
        description=(
            "Folder for the keys of secret votes and conversations, shared by all web processes "
            "and never backed up; empty: sealed in the data folder."
        ),
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""),
        description="At least 50 random characters; made in the data folder outside production.",
    )
    database_url: str = Field(
        default="",
        description="Like postgres://headway@localhost/headway; empty: SQLite in the data folder.",
    )
    sqlite_synchronous: Literal["NORMAL", "FULL"] = Field(
        default="NORMAL",
        description="FULL survives a power cut at the cost of slower writes.",
    )
    hosts: str = Field(
        default="localhost,127.0.0.1,[::1]",
        description="Host names this installation answers to, separated by commas.",
    )
    https: bool = Field(
        default=False,
        description="True where a proxy in front speaks HTTPS; cookies become secure.",
    )
    proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many trusted proxies stand in front and add to X-Forwarded-For.",
    )
    mail: Literal["folder", "smtp"] = Field(
        default="folder", description="folder writes mail into the data folder; smtp sends it."
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="Like smtp://user:password@mail.county.example:587, or smtps:// for TLS.",
    )
    mail_from: str = Field(
        default="Headway <headway@localhost>", description="Sender of every mail."
    )
    reply_domain: str = Field(
        default="",
        description=(
            "Domain of the addresses by which people answer mails; its mail comes back here. "
            "Empty: the sender's domain."
        ),
    )
    imap_url: SecretStr = Field(
        default=SecretStr(""),
        description=(
            "Mailbox that replies are fetched from every minute, like "
            "imaps://user:password@mail.county.example/INBOX; empty: none is asked."
        ),
    )
    address: str = Field(
        default="",
        description=(
            "Web address that links in mails begin with, like https://headway.county.example; "
            "empty: the first of the hosts."
        ),
    )
    cache_url: str = Field(
        default="",
        description="Like redis://localhost:6379/0; empty keeps the cache in the database.",
    )
    enforce_second_factor: bool = Field(
        default=True,
        description="Administrators must have a second factor before they reach settings.",
    )
    web_processes: int = Field(
        default=1, ge=1, le=64, description="How many web processes `headway serve` starts."
    )
    authority: str = Field(
        default="Our county",
        max_length=250,
        description="Name of the first authority, which `headway migrate` makes.",
    )
    worker: bool = Field(
        default=True, description="Whether `headway serve` starts the background worker as well."
    )


@cache
def environment() -> Environment:
    """The checked environment of this process."""
    return Environment()
