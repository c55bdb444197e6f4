"""What may be uploaded: a short list of kinds, told by content and not by name."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from headway.core.errors import RuleError
from headway.core.text import text_refusal

CONTENTS = "[Content_Types].xml"
LARGEST_UNPACKED = 500 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """An upload whose name, size and kind were checked."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of the content."""
        return sha256(self.content).hexdigest()


def _is_office(content: bytes, folder: str) -> bool:
    """Whether it is a document without macros that a program can open without running full."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        parts = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, struct.error):
        return False
    names = {part.filename for part in parts}
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    bomb = sum(part.file_size for part in parts) > LARGEST_UNPACKED
    whole = CONTENTS in names and any(name.startswith(f"{folder}/") for name in names)
    return whole and not macros and not bomb


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text and not text.lstrip().startswith("<")


KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    ".pdf": ("application/pdf", lambda content: content.startswith(b"%PDF-")),
    ".png": ("image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff")),
    ".docx": (f"{OFFICE}.wordprocessingml.document", lambda content: _is_office(content, "word")),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", lambda content: _is_office(content, "xl")),
    ".pptx": (
        f"{OFFICE}.presentationml.presentation",
        lambda content: _is_office(content, "ppt"),
    ),
    ".csv": ("text/csv", _is_text),
    ".txt": ("text/plain", _is_text),
    ".md": ("text/markdown", _is_text),
}
ENDINGS = ", ".join(sorted(KINDS))


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def _scan(upload: CheckedFile) -> None:
    """Hand the content to the scanner that the operator set, if any."""
    scanner = getattr(settings, "FILE_SCANNER", "")
    if scanner:
        finding = import_string(scanner)(upload.content)
        if finding:
            raise RuleError(_("The virus scanner refused this file: %s") % finding, "file")


def check_upload(upload: UploadedFile[Any]) -> CheckedFile:
    """Read an upload after checking its name, size and kind.

    Raises:
        RuleError: where it is too large, of a kind not on the list, or not what its name says.

    """
    limit = settings.FILES_LIMIT_BYTES
    name = (upload.name or "").replace("\\", "/").rpartition("/")[2]
    if (upload.size or 0) > limit:
        megabytes = limit // 1024 // 1024
        raise RuleError(_("Choose a file of at most %s MB.") % megabytes, "file")
    if not name or text_refusal(name, 250) is not None:
        raise RuleError(_("Rename the file to at most 250 plain characters."), "file")
    kind = KINDS.get(_ending(name))
    if kind is None:
        raise RuleError(_("Choose a file of one of these kinds: %s.") % ENDINGS, "file")
    content = upload.read()
    media_type, matches = kind
    if not content or not matches(content):
        raise RuleError(
            _("This file is not what its name says. Save it anew as %s.") % _ending(name), "file"
        )
    checked = CheckedFile(name, media_type, content)
    _scan(checked)
    return checked
