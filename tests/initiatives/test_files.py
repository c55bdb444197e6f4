from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.initiatives import actions
from headway.initiatives import files as checks
from headway.initiatives.files import check_upload
from headway.initiatives.models import File
from tests.world import World, a_happening

PDF = b"%PDF-1.7\n%minutes\n"
CONTENTS = "[Content_Types].xml"


def office(*names: str, content: bytes = b"x") -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


DOCX = office(CONTENTS, "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", PDF),
        ("Minutes.PDF", PDF),
        ("map.png", b"\x89PNG\r\n\x1a\nrest"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0rest"),
        ("plan.docx", DOCX),
        ("beds.xlsx", office(CONTENTS, "xl/workbook.xml")),
        ("talk.pptx", office(CONTENTS, "ppt/presentation.xml")),
        ("beds.csv", "year,beds\n2026,40\n".encode("utf-8-sig")),
        ("notes.txt", "Überschrift\na < b\n".encode()),
        ("notes.md", b"# Notes\n"),
        (r"C:\Users\ana\minutes.pdf", PDF),
    ],
)
def test_what_offices_use_is_taken(name: str, content: bytes) -> None:
    checked = check_upload(SimpleUploadedFile(name, content))
    assert "\\" not in checked.name
    assert checked.content == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", b"MZ\x90\x00program"),
        ("minutes.pdf", b"<html><script>alert(1)</script>"),
        ("notes.txt", b"<!doctype html><script>alert(1)</script>"),
        ("notes.txt", b"\xef\xbb\xbf  \n<svg onload=alert(1)>"),
        ("notes.txt", b"a\x00b"),
        ("notes.csv", b"\xff\xfe\x00bad"),
        ("plan.docx", b"PK\x03\x04 but no archive"),
        ("plan.docx", b"MZ\x90\x00" + DOCX),
        ("plan.docx", office(CONTENTS, "word/document.xml", "word/vbaProject.bin")),
        ("plan.docx", office(CONTENTS, "word/document.xml", "word/VBAPROJECT.BIN")),
        ("plan.docx", office("word/document.xml")),
        ("plan.docx", office(CONTENTS, "xl/workbook.xml")),
        ("plan.docx", office("readme.txt")),
        ("map.png", b"GIF89a"),
        ("photo.jpg", b"\x89PNG\r\n\x1a\n"),
        ("empty.pdf", b""),
    ],
)
def test_a_disguised_file_is_refused_in_words_that_help(name: str, content: bytes) -> None:
    with pytest.raises(RuleError, match="Save it anew as") as refused:
        check_upload(SimpleUploadedFile(name, content))
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    "name", ["plan.docm", "run.exe", "page.html", "map.svg", "a.zip", "noending", "minutes.pdf.exe"]
)
def test_other_kinds_are_refused_with_the_list_of_what_is_taken(name: str) -> None:
    with pytest.raises(RuleError, match=r"\.pdf"):
        check_upload(SimpleUploadedFile(name, PDF))


def test_an_archive_that_unpacks_to_a_flood_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LARGEST_UNPACKED", 1_000_000)
    bomb = office(CONTENTS, "word/document.xml", content=b"0" * 2_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(RuleError):
        check_upload(SimpleUploadedFile("plan.docx", bomb))


def test_broken_archives_never_fail() -> None:
    for place in range(0, len(DOCX), 3):
        broken = DOCX[:place] + bytes([DOCX[place] ^ 0xFF]) + DOCX[place + 1 :]
        for content in (broken, DOCX[:place]):
            with suppress(RuleError):
                check_upload(SimpleUploadedFile("plan.docx", content))


def test_too_large_a_file_is_refused_unread(settings: Settings) -> None:
    settings.FILES_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(RuleError, match="at most 1 MB"):
        check_upload(SimpleUploadedFile("minutes.pdf", PDF + b"0" * 1024 * 1024))


def test_a_name_that_cannot_be_kept_is_refused() -> None:
    for name in ("a" * 300 + ".pdf",):
        with pytest.raises(RuleError, match="Rename"):
            check_upload(_named(name))
    with pytest.raises(RuleError):
        check_upload(_named("a\x00b.pdf"))


def _named(name: str) -> SimpleUploadedFile:
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = name
    return upload


def test_the_operators_scanner_has_the_last_word(settings: Settings) -> None:
    settings.FILE_SCANNER = "tests.initiatives.test_files.find_a_virus"
    with pytest.raises(RuleError, match="EICAR"):
        check_upload(SimpleUploadedFile("minutes.pdf", PDF))


def find_a_virus(content: bytes) -> str:
    return "EICAR" if content else ""


def test_a_file_is_kept_once_with_its_fingerprint_and_an_event(world: World) -> None:
    record = a_happening(world).record
    checked = check_upload(SimpleUploadedFile("minutes.pdf", PDF))
    first = actions.add_file(by=world.actor(), record=record, upload=checked)
    events = Event.objects.count()
    again = actions.add_file(by=world.actor(), record=record, upload=checked)
    assert (again, Event.objects.count()) == (first, events)
    with default_storage.open(first.stored_as) as stored:
        assert stored.read() == PDF
    actions.withdraw_file(by=world.actor(), file=first)
    actions.withdraw_file(by=world.actor(), file=first)
    assert Event.objects.count() == events + 1
    assert default_storage.exists(first.stored_as)
    back = actions.add_file(by=world.actor(), record=record, upload=checked)
    assert back != first
    assert File.objects.count() == 2


def test_a_withdrawn_record_takes_no_file(world: World) -> None:
    record = a_happening(world).record
    actions.withdraw_record(by=world.actor(), record=record, because="twice")
    checked = check_upload(SimpleUploadedFile("minutes.pdf", PDF))
    with pytest.raises(RuleError, match="withdrawn"):
        actions.add_file(by=world.actor(), record=record, upload=checked)
