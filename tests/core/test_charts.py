import re
from dataclasses import replace

import pytest
from django.template import Context, Template

from headway.core.charts import Chart, table_of
from tests.core.parts_urls import CHART, COUNTS

pytestmark = pytest.mark.usefixtures("parts")


def test_the_servers_drawing_holds_nothing_that_the_policy_refuses() -> None:
    svg = CHART.svg
    assert svg.startswith("<svg ")
    assert "style=" not in svg
    assert "<script" not in svg
    assert 'aria-hidden="true"' in svg


def test_a_label_that_looks_like_code_stays_a_label() -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    chart = Chart(
        title=bad,
        summary=bad,
        spec={
            "data": {"values": [{"who": bad, "n": 1}]},
            "mark": "bar",
            "encoding": {
                "x": {"field": "who", "type": "nominal"},
                "y": {"field": "n", "type": "quantitative"},
            },
        },
        table=table_of([{"who": bad, "n": 1}], {"who": "Who", "n": "How many"}),
    )
    page = Template("{% chart chart %}").render(Context({"chart": chart}))
    assert "<script>alert" not in page
    assert "<img" not in page


def test_every_number_of_the_drawing_stands_in_the_table() -> None:
    page = Template("{% chart chart %}").render(Context({"chart": CHART}))
    for count in COUNTS:
        assert f"<td>{count['people']}</td>" in page
    assert CHART.title in page
    assert CHART.summary in page


def test_a_missing_number_is_called_not_recorded() -> None:
    table = table_of([{"year": 2006}], {"year": "Year", "people": "People"})
    assert table.rows == ((2006, "Not recorded"),)


def test_a_still_chart_is_drawn_once_more_as_wide_as_a_phone_with_letters_as_large() -> None:
    still = replace(CHART, interactive=False)
    wide, narrow = (
        re.search(r'viewBox="0 0 (\d+)', drawing) for drawing in (still.svg, still.narrow_svg)
    )
    assert wide
    assert narrow
    assert int(narrow[1]) <= 288 < int(wide[1])
    assert 'font-size="13px"' in still.narrow_svg
    page = Template("{% chart chart %}").render(Context({"chart": still}))
    assert page.count("<svg ") == 2


def test_a_chart_that_the_browser_fits_is_drawn_once() -> None:
    assert CHART.interactive
    assert CHART.narrow_svg == ""
