"""The pages that show a file before and after it is brought in."""

import hashlib
import html
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from headway.accounts.models import Job
from headway.directory.actions.imports.uploads import (
    bring_in_upload,
    forget_uploads,
    look_over_upload,
)
from headway.directory.models import (
    Organisation,
    Upload,
)
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("storage")
LIST = """name,kind,sector,identifiers,other_names,parent,area,founded,website,source
St. Stephen's,organization,nonprofit,,Human Services,,,c. 1981,,
Simpson Housing,organization,nonprofit,ein:41-1|uei:X,,,Minneapolis,1982,simpson.org,P https://p.org
Drop-in Team,department,nonprofit,,,Simpson Housing,,,,
Outreach Desk,department,nonprofit,,,Drop-in Team,,,,
"""


# The pages ---------------------------------------------------------------------------------------


@pytest.fixture
def registrar(world: World) -> Client:
    return world.client("registrar")


def send(client: Client, raw: bytes, name: str = "list.csv", kind: str = "organisations_csv"):
    file = SimpleUploadedFile(name, raw)
    return client.post(reverse("directory:imports"), {"kind": kind, "file": file}, follow=True)


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def test_a_file_is_shown_before_it_is_brought_in_by_the_worker(world: World, registrar: Client):
    shown = send(registrar, LIST.encode())
    assert "to be added" in text_of(shown)
    assert "Bring it in" in text_of(shown)
    upload = Upload.objects.get()
    response = registrar.post(reverse("directory:import", args=[upload.pk]), follow=True)
    assert "You can close this page" in text_of(response)
    bring_in_upload(upload_id=upload.pk, now=NOON)
    done = text_of(registrar.get(reverse("directory:import", args=[upload.pk])))
    assert "brought in" in done
    assert "There is no area “Minneapolis”" in done
    again = registrar.post(reverse("directory:import", args=[upload.pk]))
    assert again.status_code == 422
    problems = registrar.get(reverse("directory:import_problems", args=[upload.pk]))
    assert "no area" in b"".join(problems.streaming_content).decode()


def test_a_large_file_is_read_by_the_worker_with_progress(world: World, registrar: Client):
    raw = ("name,description\n" + "".join(f"Org {n},{'x' * 200}\n" for n in range(1_500))).encode()
    shown = text_of(send(registrar, raw))
    assert "the work goes on" in shown
    upload = Upload.objects.get()
    assert upload.state == Upload.State.WAITING
    look_over_upload(upload_id=upload.pk, now=NOON)
    upload.refresh_from_db()
    assert upload.job.state == Job.State.DONE
    shown = text_of(registrar.get(reverse("directory:import", args=[upload.pk])))
    assert "1,500" in shown


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "Choose a file that has something in it"),
        (b"\xef\xbb\xbf\n", "The file is empty"),
        (b"PK\x03\x04", "spreadsheet workbook"),
        (b"%PDF-1.4", "no text file"),
        (b"title,sector\nx,health\n", "There is no column “name”"),
        (b"name,Date of Birth\nAnn,1960-01-01\n", "“Date of Birth” looks like data about clients"),
        (b"name,SSN\nAnn,1\n", "“SSN” looks like data about clients"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(
    world: World, registrar: Client, raw: bytes, words: str
):
    before = Organisation.objects.count()
    shown = send(registrar, raw)
    assert words in text_of(shown)
    assert "Bring it in" not in text_of(shown)
    assert Organisation.objects.count() == before


def test_an_encoding_that_had_to_be_guessed_is_said(registrar: Client):
    shown = text_of(send(registrar, "name\nCafé Guzmán\n".encode("cp1252")))
    assert "read as Windows-1252" in shown
    assert "Café Guzmán" in shown


def test_scripts_in_a_file_are_shown_as_text(registrar: Client):
    script = "<script>alert(1)</script>"
    raw = f"name,sector,{script}\n{script},{script},x\n".encode()
    shown = send(registrar, raw, name=f"{script}.csv")
    assert script not in shown.content.decode()


def test_the_kind_must_fit_the_files_ending(registrar: Client):
    shown = send(registrar, b"{}", name="list.json", kind="organisations_csv")
    assert shown.status_code == 422
    assert "its ending says otherwise" in text_of(shown)


def test_exports_can_be_opened_in_a_spreadsheet_without_running_anything(
    world: World, registrar: Client, add
):
    add('=HYPERLINK("http://x")')
    response = registrar.get(reverse("directory:organisations_csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert "\n=" not in text


def test_an_upload_of_another_authority_cannot_be_seen(world: World, look, registrar: Client):
    upload = look(LIST)
    from headway.accounts.models import Authority

    other = Authority.objects.create(name="Ramsey", host_name="ramsey.example")
    Upload.objects.filter(pk=upload.pk).update(authority=other)
    address = reverse("directory:import", args=[upload.pk])
    assert registrar.get(address).status_code == 404


@pytest.mark.parametrize("name", ["list.txt", "list.xlsx", "List.ODS"])
def test_another_table_is_refused_with_advice_how_to_save_it(registrar: Client, name: str):
    shown = send(registrar, b"name\nSt. Olaf\n", name=name)
    assert shown.status_code == 422
    assert "save it as CSV (comma separated), and choose that file" in text_of(shown)
    assert not Upload.objects.exists()


def test_a_refused_file_is_deleted_and_its_fingerprint_shown(registrar: Client):
    raw = b"name,SSN\nAnn,1\n"
    shown = text_of(send(registrar, raw))
    assert "The file itself is deleted" in shown
    assert hashlib.sha256(raw).hexdigest() in shown


def test_a_file_that_nobody_confirmed_says_that_it_was_deleted(look, registrar: Client):
    upload = look(LIST)
    forget_uploads(now=NOON + timedelta(days=2))
    shown = text_of(registrar.get(reverse("directory:import", args=[upload.pk])))
    assert "Nobody confirmed the file within a day" in shown
    assert "Bring it in" not in shown
