"""The report tells the story in numbers and words, what failed included, each with its record."""

import re
import zlib
from contextlib import suppress
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from headway.arenas.actions import VoteCount, record_decision
from headway.arenas.models import BodyDecision
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.measures.actions import choose_headline
from headway.partners.actions import add_partner
from headway.partners.models import Partner
from headway.pilots.actions import (
    decide_small_test,
    end_pilot,
    end_small_test,
    start_pilot,
)
from headway.pilots.models import SmallTest
from headway.problems.actions import add_affected_group
from headway.site.formats import paper_pdf
from headway.site.formats.paper import Paper, PaperLine, PaperPart, Picture
from headway.site.queries.report.page import ReportPage
from headway.site.queries.told import Part
from headway_analysis.partial_date import PartialDate
from tests.arenas.making import an_arena, an_ask, on_record, seat_of
from tests.commitments.making import a_confirmed_promise, a_promise
from tests.diagnosis.making import an_adopted
from tests.measures.making import a_baseline, a_measure, counted
from tests.pilots.making import LATER, a_card, a_running_pilot, a_small_test, expect
from tests.world import TODAY, World, a_happening

LONG = "Heat in four halls keeps three hundred people from the street each night. " * 20


def read(world: World, role: str = "", name: str = "site:report") -> str:
    answer = world.client(role).get(world.address(name))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def read_part(world: World, key: str) -> Part:
    """One part of the report as a visitor reads it."""
    page: ReportPage = world.client().get(world.address("site:report")).context["page"]
    return next(part for part in page.parts if part.key == key)


def failed_test(world: World) -> SmallTest:
    """A small test that did not work and was given up."""
    trial = a_small_test(world, visibility="public")
    end_small_test(by=world.actor(), test=trial, result="did_not", saw="Nobody read the message")
    decide_small_test(
        by=world.actor(), test=trial, decision="abandon", because="It costs more than it brings"
    )
    return trial


def refused_request(world: World) -> BodyDecision:
    """A request that the board did not adopt."""
    ask = an_ask(world)
    return record_decision(
        by=world.actor(),
        arena=ask.arena,
        ask=ask,
        result=BodyDecision.Result.REFUSED,
        count=VoteCount(yes=3, no=4),
        when=PartialDate.on(TODAY),
    )


def tell_everything(world: World) -> None:
    add_affected_group(by=world.actor(), initiative=world.hennepin, name="Families", how_many=900)
    measure = a_measure(world, baseline=a_baseline(world))
    counted(world, measure)
    choose_headline(by=world.actor(), measure=measure)
    failed_test(world)
    a_running_pilot(world)
    refused_request(world)
    an_adopted(world)
    a_promise(world, "Count the beds")
    a_confirmed_promise(world)
    a_happening(world)


def test_the_report_tells_what_failed_as_plainly_as_what_worked(world: World) -> None:
    tell_everything(world)
    page = read(world)
    for words in (
        "Families (900)",
        "Did not work. Abandoned",
        "Nobody read the message",
        "Not adopted",
        "3 yes, 4 no",
        "Not confirmed by the organization",
        "1 of 2",
        "The commission meets for the first time",
        "What the numbers say",
    ):
        assert words in page, words


def test_the_report_says_of_nobody_that_they_are_late_or_waited_on(world: World) -> None:
    tell_everything(world)
    for role in ("", "convener"):
        _before, _start, main = read(world, role).partition("<main")
        for word in ("Late", "Waiting", "waited", "Past their day", "St. Stephen's since"):
            assert word not in main, word


def a_partner(world: World, name: str, sector: str, **said: object) -> Partner:
    details = OrganisationDetails(name=name, sector=sector)
    organisation = add_organisation(
        by=world.actor("registrar"), authority=world.authority, details=details
    )
    return add_partner(
        by=world.actor(),
        initiative=world.hennepin,
        organisation=organisation,
        visibility="public",
        **said,
    )


def test_who_was_only_invited_does_not_take_part(world: World) -> None:
    a_partner(world, "Simpson Housing", "nonprofit")
    a_partner(world, "Plymouth Church", "faith", state=Partner.State.INVITED)
    part = read_part(world, "partners")
    assert part.lead == "1 organization takes part, from 1 sector."
    assert [(str(line.name), line.words) for line in part.lines] == [("Nonprofit", "1")]
    shown = world.client().get(part.lines[0].href)
    assert shown.context["page"].table.total == 1


def test_report_and_list_of_partners_say_alike_what_only_sources_know(example: World) -> None:
    lead = read_part(example, "partners").lead
    assert "known from" in lead
    people = example.client().get(example.address("partners:home")).context["page"]
    assert people.lead == lead


def test_what_only_a_report_told_is_not_told_as_of_today(example: World) -> None:
    assert read_part(example, "money").lead.startswith("As sources told it in 2006;")
    tried = {str(line.name): line.words for line in read_part(example, "tried").lines}
    assert tried["Currie Avenue Partnership"].startswith("under way when it was reported (")
    assert "under way" not in tried.values()


def test_costs_that_somebody_recorded_here_are_told_without_a_year(world: World) -> None:
    row = an_adopted(world)
    row.change(cost=Decimal(90_000))
    assert read_part(world, "money").lead == ""


def test_every_figure_opens_a_page_that_the_reader_may_open(world: World) -> None:
    tell_everything(world)
    answer = world.client().get(world.address("site:report"))
    lines = [line for part in answer.context["page"].parts for line in part.lines]
    assert len(lines) > 8
    for line in lines:
        assert line.href, line.name
        assert world.client().get(line.href).status_code == 200, line.href


def test_the_open_data_can_be_saved_without_an_account(world: World) -> None:
    tell_everything(world)
    answer = world.client().get(world.address("site:report"))
    files = answer.context["page"].data
    assert {resolve(file.href).view_name for file in files} >= {"measures:export", "pilots:export"}
    for file in files:
        assert world.client().get(file.href).status_code == 200, file.href


def test_a_report_asked_for_a_past_day_says_that_it_is_todays_and_leads_to_that_day(
    world: World,
) -> None:
    stand = world.address("site:where_we_stand") + "?as_of=2025-06-30"
    way = world.address("site:report") + "?as_of=2025-06-30"
    visitor = world.client()
    assert f'href="{way}"' in visitor.get(stand).content.decode()
    shown = visitor.get(way).content.decode()
    assert "This report tells how it is today, not on June 30, 2025." in shown
    assert f'href="{stand}"' in shown
    assert "This report tells how it is today" not in read(world)


def test_a_report_of_a_day_that_is_none_says_so(world: World) -> None:
    answer = world.client().get(world.address("site:report") + "?as_of=then")
    assert answer.status_code == 422
    assert "Enter it like 2010-06-30" in answer.content.decode()


def test_an_empty_initiative_has_a_report_that_claims_nothing(world: World) -> None:
    assert world.hennepin.title in read(world)


def pdf(browser: Client, address: str) -> bytes:
    """The objects of a PDF in plain bytes."""
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    return opened(answer.content)


def opened(file: bytes) -> bytes:
    """A PDF with everything in it that is compressed laid open behind it."""
    found = [file]
    for match in re.finditer(rb"stream\r?\n", file):
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(file[match.end() :]))
    return b"\n".join(found)


def tagged(file: bytes) -> bool:
    """Whether screen readers find its structure and its language."""
    structure = b"/StructTreeRoot" in file and re.search(rb"/Marked\s+true", file)
    return bool(structure and re.search(rb"/Lang\s*\(en\)", file) and b"pdfuaid" in file)


def pages(file: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file))


def test_the_report_on_paper_is_tagged_and_leads_to_its_records(world: World) -> None:
    tell_everything(world)
    file = pdf(world.client(), world.address("site:report_pdf"))
    assert tagged(file)
    assert b"http://testserver/i/" in file


def test_a_drawing_and_the_address_of_a_source_stand_on_paper() -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h7"/></svg>'
    line = PaperLine("Counted", source="The count", source_address="https://county.example/count")
    picture = Picture(drawn, "The number falls.", ("Year", "People"), (("2026", "400"),))
    part = PaperPart("Numbers", lines=(line,), picture=picture)
    file = opened(paper_pdf.write(Paper("Report", parts=(part,))))
    assert re.search(rb"/S\s*/Figure", file)
    assert re.search(rb"/S\s*/Table", file)
    assert b"https://county.example/count" in file


def test_what_people_typed_is_never_read_as_layout() -> None:
    typed = '#import "x" \\ $ * _ `a` <b> @c ='
    file = paper_pdf.write(Paper(typed, parts=(PaperPart(typed, typed, (PaperLine(typed),)),)))
    assert tagged(opened(file))


def test_a_sign_that_no_font_has_still_makes_a_file() -> None:
    assert paper_pdf.write(Paper("\U0001f9ed \u1234")).startswith(b"%PDF-")


def brief(world: World) -> tuple[str, str]:
    """A board's brief with something in every part, and its PDF's address."""
    arena = an_arena(world, "City Council")
    solution = an_adopted(world)
    ask = an_ask(world, arena, solution=solution)
    address = world.address("site:brief", ask.pk)
    return address, world.address("site:brief_pdf", ask.pk)


def test_the_brief_of_a_request_fits_on_one_page(world: World) -> None:
    tell_everything(world)
    address, paper = brief(world)
    page = unescape(world.client().get(address).content.decode())
    for words in ("Brief for", "What it costs", "It was not tried yet", "Vote expected"):
        assert words in page, words
    file = pdf(world.client(), paper)
    assert tagged(file)
    assert pages(file) == 1


def test_a_brief_tells_what_is_being_tried_and_until_when(world: World) -> None:
    solution = an_adopted(world)
    pilot = a_card(world, "Heat in two halls", solution=solution)
    ask = an_ask(world, an_arena(world), solution=solution)
    address = world.address("site:brief", ask.pk)
    browser = world.client("observer")
    assert "It was not tried yet" in browser.get(address).content.decode()  # only prepared
    expect(world, pilot)
    start_pilot(by=world.actor(), pilot=pilot)
    page = browser.get(address).content.decode()
    assert "It was not tried yet" not in page
    assert "Heat in two halls" in page
    assert f"Under way, planned until {date_format(LATER, 'DATE_FORMAT')}" in page
    end_pilot(by=world.actor(), pilot=pilot)
    page = browser.get(address).content.decode()
    assert "It was not tried yet" not in page
    assert "Ended, to be decided" in page


def test_a_brief_with_long_texts_still_fits_on_one_page(world: World) -> None:
    solution = an_adopted(world)
    for number in range(5):
        trial = a_small_test(world, tries=f"{number} {LONG}", solution=solution)
        end_small_test(by=world.actor(), test=trial, result="did_not", saw=LONG)
        add_affected_group(
            by=world.actor(), initiative=world.hennepin, name=f"{number} {LONG[:200]}"
        )
        a_small_test(world, tries=f"{number} again: {LONG}", solution=solution)
    arena = an_arena(world)
    ask = an_ask(world, arena, text=LONG, title="Pay for heat", solution=solution)
    for number in range(1, 8):
        on_record(world, ask, seat_of(arena.organisation, number), LONG)
    file = pdf(world.client("observer"), world.address("site:brief_pdf", ask.pk))
    assert pages(file) == 1


def test_the_page_of_a_request_offers_its_brief(world: World) -> None:
    address, _paper = brief(world)
    request = address.removesuffix("brief/")
    assert address in world.client("convener").get(request).content.decode()


def test_a_brief_tells_nothing_of_what_its_reader_may_not_see(world: World) -> None:
    solution = an_adopted(world)
    ask = an_ask(world, solution=solution)
    solution.record.visibility = "members"
    solution.record.save(update_fields=["visibility"])
    address = world.address("site:brief", ask.pk)
    assert "What it costs" not in world.client().get(address).content.decode()
    assert "What it costs" in world.client("observer").get(address).content.decode()


def test_strangers_see_neither_report_nor_brief_of_a_closed_initiative(world: World) -> None:
    address, paper = brief(world)
    for each in (address, paper, world.address("site:report"), world.address("site:report_pdf")):
        closed = each.replace(world.hennepin.slug, world.closed.slug)
        assert world.client("stranger").get(closed).status_code == 404
    other = address.replace(world.hennepin.slug, world.closed.slug)
    assert world.client("convener").get(other).status_code == 404


@pytest.mark.parametrize("more", [1, 8])
def test_report_and_brief_ask_the_same_however_much_there_is(
    world: World,
    more: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    tell_everything(world)
    address, _paper = brief(world)
    for number in range(more):
        a_promise(world, f"Count {number}")
        a_happening(world, f"It happened {number}")
        add_affected_group(by=world.actor(), initiative=world.hennepin, name=f"Group {number}")
    browser = world.client("observer")
    browser.get(world.address("site:report"))
    with django_assert_max_num_queries(35):
        browser.get(world.address("site:report"))
    with django_assert_max_num_queries(30):
        browser.get(address)
