"""A form of the directory that is sent twice makes one row."""

import re
from typing import Any

import pytest
from django.db.models import QuerySet

from headway.directory.models import Area, Organisation, Person
from tests.directory.test_pages import organisation_data, page, post
from tests.world import World


@pytest.mark.parametrize(
    ("name", "said", "rows"),
    [
        ("add_organisation", organisation_data(), Organisation.objects.all()),
        ("add_person", {"name": "Ana Ruiz"}, Person.objects.all()),
        ("add_area", {"name": "Ward 3", "classification": "county"}, Area.objects.all()),
    ],
)
def test_a_form_sent_twice_makes_one_row(
    world: World, name: str, said: dict[str, object], rows: QuerySet[Any]
):
    registrar, before = world.client("registrar"), rows.count()
    shown = page(registrar, name)
    key = re.search(r'name="form_key" value="([^"]+)"', shown)
    assert key is not None
    first = post(registrar, name, **said, form_key=key[1])
    again = post(registrar, name, **said, form_key=key[1])
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert rows.count() == before + 1
    other = {**said, "name": f"{said['name']} the second", "form_key": key[1]}
    assert post(registrar, name, **other, is_another="on").status_code == 302
    assert rows.count() == before + 2
