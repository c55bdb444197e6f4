import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(parts: Settings) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "There is no such page for you"),
        ("/denied/", 403, "Your role does not open this page"),
        ("/too-many/", 429, "Too many tries in a short time"),
        ("/ruled-out/", 422, "start a new version to change it"),
        ("/fails/", 500, "Something on our side did not work"),
        ("/word/a%00b/", 400, "This address holds a sign that cannot be read"),
        ("/parts/?sort=%00", 400, "This address holds a sign that cannot be read"),
    ],
)
def test_every_refusal_is_a_page_with_a_heading_and_a_way_on(
    visitor: Client, address: str, status: int, words: str
) -> None:
    answer = visitor.get(address)
    assert answer.status_code == status
    text = answer.content.decode()
    assert words in text
    assert '<html lang="en" dir="ltr">' in text
    assert text.count("<h1") == 1
    assert '<main id="main"' in text
    assert 'class="button"' in text


def test_a_form_sent_without_its_token_says_to_load_the_page_anew(parts: Settings) -> None:
    answer = Client(enforce_csrf_checks=True).post("/parts/", {"name": "x"})
    assert answer.status_code == 403
    assert "load the page anew" in answer.content.decode()


def test_a_body_over_the_limit_is_refused_before_it_is_read(visitor: Client) -> None:
    answer = visitor.post("/takes-form/", b"x", "text/plain", headers={"content-length": "9" * 12})
    assert answer.status_code == 413
    assert "at most 20 MB" in answer.content.decode()


def test_a_long_text_field_is_refused_with_help(visitor: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = visitor.post("/takes-form/", {"text": "x" * 200})
    assert answer.status_code == 413


def test_a_form_with_thousands_of_fields_points_to_the_import(
    visitor: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    answer = visitor.post("/takes-form/", {f"f{number}": "1" for number in range(11)})
    assert answer.status_code == 400
    assert "import them as a spreadsheet" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"a=%ff%fe", "application/x-www-form-urlencoded", 200),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-16", 400),
        (b"a=1", "application/x-www-form-urlencoded; charset=no-such", 200),
        (b"nonsense", "multipart/form-data; boundary=", 400),
        (b"nonsense", "multipart/form-data; boundary=x", 200),
        (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x", 200),
    ],
)
def test_a_badly_encoded_body_never_fails(
    visitor: Client, body: bytes, kind: str, status: int
) -> None:
    assert visitor.generic("POST", "/takes-form/", body, kind).status_code == status


def test_a_cookie_with_nul_counts_as_no_cookie(visitor: Client, settings: Settings) -> None:
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "abcdefghij\x00klmn"
    assert visitor.get("/parts/").status_code == 200


def test_an_unknown_host_is_answered_with_a_page(visitor: Client) -> None:
    answer = visitor.get("/parts/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


def test_a_refused_form_answers_422_and_links_to_each_field(visitor: Client) -> None:
    answer = visitor.post("/parts/", {"name": "", "sector": "moon"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_name"' in text
    assert 'href="#id_sector"' in text
    assert 'id="id_sector"' in text
    assert "things to mend" in text


def test_the_shell_asks_the_database_nothing(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert visitor.get("/confirm/").status_code == 200


def test_progress_is_not_sent_again_while_nothing_changes(visitor: Client) -> None:
    first = visitor.get("/progress/")
    assert first.status_code == 200
    again = visitor.get("/progress/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
