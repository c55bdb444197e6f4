from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from headway.core.tables import Column, TablePage, TextLink, table_page

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail as it lies in the folder."""

    name: str
    written: datetime
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class MailFolderPage:
    """The mails that were handed over to the folder, newest first."""

    table: TablePage


COLUMNS = (
    Column("subject", gettext_lazy("Subject"), sort="subject"),
    Column("to", gettext_lazy("To"), sort="to"),
    Column("written", gettext_lazy("Written"), sort="written"),
)


def _letter(file: Path) -> Letter:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = mail.get_body(("plain",)) if isinstance(mail, EmailMessage) else None
    return Letter(
        name=file.stem,
        written=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=str(body.get_content()) if body else "",
    )


def letters(folder: Path) -> list[Letter]:
    """The newest mails of the folder."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_letter(file) for file in files[:MOST_SHOWN]]


def letter(folder: Path, name: str) -> Letter | None:
    """One mail, or None; only a file of the folder itself is ever read."""
    file = folder / f"{name}.eml"
    return _letter(file) if file in folder.glob("*.eml") else None


def mail_folder_page(folder: Path, params: QueryDict) -> MailFolderPage:
    """The page that lists the folder."""
    return MailFolderPage(
        table_page(
            letters(folder),
            COLUMNS,
            params,
            build=lambda found: {
                "subject": TextLink(
                    found.subject, reverse("accounts:mail_message", args=[found.name])
                ),
                "to": found.to,
                "written": found.written,
            },
        )
    )
