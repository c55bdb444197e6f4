"""What something is called in a Popolo file must be text."""

import json

import pytest

from headway.directory.formats import popolo_json
from headway.directory.formats.problem import Problem


@pytest.mark.parametrize(("value", "shown"), [(5, "5"), (True, "true"), (["a"], '["a"]')])
def test_a_name_that_is_no_text_is_refused_with_its_place(value, shown):
    text = json.dumps(
        {"organizations": [{"name": "Simpson Housing"}, {"name": value}], "posts": [{"label": 7}]}
    )
    document = popolo_json.read(text)
    assert [one.name for one in document.organisations] == ["Simpson Housing"]
    assert document.problems == (
        Problem(2, "organizations.name", "not_a_text", shown),
        Problem(1, "posts.label", "not_a_text", "7"),
    )
