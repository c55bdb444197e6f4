"""The register of small tests and pilots: what was tried, how it came out, what was decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.pilots.models import Decision, Pilot, SmallTest
from headway.pilots.queries.words import (
    day_words,
    holding,
    iso,
    result_words,
    state_mark,
    who_words,
    words_asked,
)

SORTS: dict[str, Message] = {
    "tests": gettext_lazy("Small tests"),
    "pilots": gettext_lazy("Pilots"),
}
ENOUGH_DECIDED = 5
TITLE = "record__title"


@dataclass(frozen=True)
class RegisterPage:
    """What was tried in an initiative."""

    title: str
    lead: str
    sorts: tuple[Tab, ...]
    what: str
    words: str
    table: TablePage
    total: int
    notice: str
    test_href: str
    pilot_href: str
    export_href: str


TEST_COLUMNS = (
    Column("title", gettext_lazy("What is tried"), sort="record__title"),
    Column("who", gettext_lazy("Who tries it"), sort="owner__name"),
    Column("ends", gettext_lazy("When we look"), sort="look_on"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("result", gettext_lazy("How it came out"), sort="result"),
)
PILOT_COLUMNS = (
    Column("title", gettext_lazy("Pilot"), sort="record__title"),
    Column("who", gettext_lazy("Who carries it out"), sort="owner__name"),
    Column("ends", gettext_lazy("Ends"), sort="ends_on"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("result", gettext_lazy("How it came out"), sort="result"),
)


def small_tests(initiative: Initiative, reader: Reader) -> QuerySet[SmallTest]:
    """The small tests that the reader may see, newest first."""
    found = SmallTest.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related(
        "record__source", "owner__merged_into", "owner_post__organisation", "solution__record"
    ).order_by("-record__recorded_at", "pk")


def pilots(initiative: Initiative, reader: Reader) -> QuerySet[Pilot]:
    """The pilots that the reader may see, newest first."""
    found = Pilot.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related(
        "record__source",
        "owner__merged_into",
        "decider__merged_into",
        "decider_post__organisation",
        "solution__record",
    ).order_by("-record__recorded_at", "pk")


def register_page(initiative: Initiative, reader: Reader, params: QueryDict) -> RegisterPage:
    """The register as the address asks for it."""
    what = params.get("what", "tests")
    what = what if what in SORTS else "tests"
    words = words_asked(params)
    counts = _counts(initiative, reader)
    return RegisterPage(
        title=_("Small tests and pilots"),
        lead=_(
            "Solutions are found by trying. What did not work stands here as plainly as what did."
        ),
        sorts=tuple(
            Tab(f"{label} ({counts[name]})", f"?what={name}", name == what)
            for name, label in SORTS.items()
        ),
        what=what,
        words=words,
        table=_table(initiative, reader, params, what, words),
        total=counts["tests"] + counts["pilots"],
        notice=_notice(counts),
        test_href=if_may(reader, "pilots.test", "pilots:start_small_test"),
        pilot_href=if_may(reader, "pilots.prepare", "pilots:prepare_pilot"),
        export_href=address(reader, "pilots:export"),
    )


def _counts(initiative: Initiative, reader: Reader) -> dict[str, int]:
    """How many there are of each, and how many were decided how."""
    changed = Q(decision__in=[Decision.ADAPT, Decision.ABANDON])
    counted = {"all": Count("pk"), "decided": Count("pk", filter=~Q(decision=""))}
    tests = (
        SmallTest.objects.in_initiative(initiative).live().visible_to(reader.readers)
    ).aggregate(**counted, changed=Count("pk", filter=changed))
    cards = (Pilot.objects.in_initiative(initiative).live().visible_to(reader.readers)).aggregate(
        **counted, changed=Count("pk", filter=changed)
    )
    return {
        "tests": tests["all"],
        "pilots": cards["all"],
        "decided": tests["decided"] + cards["decided"],
        "changed": tests["changed"] + cards["changed"],
    }


def _notice(counts: dict[str, int]) -> str:
    """What the register as a whole says, once there is enough of it."""
    if counts["decided"] < ENOUGH_DECIDED:
        return ""
    if counts["changed"] == 0:
        return _(
            "All %(count)s decided here were adopted. Where nothing is ever adapted or "
            "abandoned, tests may only be run on what is settled already."
        ) % {"count": counts["decided"]}
    return _("%(changed)s of %(count)s decided here were adapted or abandoned.") % {
        "changed": counts["changed"],
        "count": counts["decided"],
    }


def _table(
    initiative: Initiative, reader: Reader, params: QueryDict, what: str, words: str
) -> TablePage:
    if what == "pilots":
        found = pilots(initiative, reader).filter(holding(words, TITLE, "hypothesis"))
        return table_page(found, PILOT_COLUMNS, params, build=lambda row: _row(row, reader))
    tests = small_tests(initiative, reader).filter(holding(words, TITLE, "tries"))
    return table_page(tests, TEST_COLUMNS, params, build=lambda row: _row(row, reader))


def _row(row: SmallTest | Pilot, reader: Reader) -> dict[str, object]:
    name = "pilots:pilot" if isinstance(row, Pilot) else "pilots:small_test"
    post = None if isinstance(row, Pilot) else row.owner_post
    return {
        "title": TextLink(row.record.title, address(reader, name, row.pk)),
        "who": who_words(row.owner, post) or _("not stated"),
        "ends": day_words(row.ends_on) or _("no date said"),
        "state": state_mark(row, reader.today),
        "result": result_words(row) or _("not known yet"),
    }


HEADING = (
    "kind",
    "title",
    "what_is_tried",
    "what_is_expected",
    "organization",
    "tests",
    "state",
    "starts_on",
    "ends_on",
    "ended_on",
    "result",
    "saw",
    "decision",
    "because",
    "decided_on",
    "provenance",
    "source",
)


def register_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Everything that was tried as rows of a table file."""
    for test in small_tests(initiative, reader).iterator(chunk_size=500):
        yield _cells(test, test.tries, test.expects, None)
    for pilot in pilots(initiative, reader).iterator(chunk_size=500):
        yield _cells(pilot, pilot.hypothesis, pilot.measure, pilot.starts_on)


def _cells(
    row: SmallTest | Pilot, tried: str, expected: str, starts_on: date | None
) -> tuple[str, ...]:
    return (
        row.RECORD_KIND,
        row.record.title,
        tried,
        expected,
        row.owner.canonical.name if row.owner else "",
        row.solution.record.title if row.solution else "",
        row.state,
        iso(starts_on),
        iso(row.ends_on),
        iso(row.ended_on),
        row.result,
        row.saw,
        row.decision,
        row.because,
        iso(row.decided_on),
        row.record.provenance,
        source_words(row.record.source),
    )
