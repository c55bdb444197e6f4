"""What carrying out a recommendation, a test or a pilot needs, as somebody found it last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.diagnosis.models import Readiness
from headway.diagnosis.models.readiness import Answer
from headway.diagnosis.queries.words import NEEDS, day_words
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, beside, if_may
from headway.initiatives.reader import Reader
from headway.pilots.models import Pilot, SmallTest
from headway.solutions.models import Solution

COLUMNS = (
    Column("title", gettext_lazy("What is carried out"), sort="title"),
    Column("kind", gettext_lazy("What it is"), sort="kind"),
    Column("missing", gettext_lazy("Still missing")),
    Column("when", gettext_lazy("Checked")),
    Column("check", gettext_lazy("Check it")),
)
FOUND: dict[str, Message] = {
    Answer.MISSING: gettext_lazy("Something is missing"),
    Answer.UNKNOWN: gettext_lazy("Something is not known yet"),
    Answer.IN_PLACE: gettext_lazy("Nothing is missing"),
}
HEADING = ("title", "kind", *Readiness.NEEDS, "note", "checked")


@dataclass(frozen=True)
class ReadinessList:
    """What is adopted or tried, with its last check."""

    title: str
    lead: str
    table: TablePage
    export_href: str
    home_href: str


def checkable(initiative: Initiative, reader: Reader) -> QuerySet[Record]:
    """Recommendations that were adopted, tests that run, and pilots before their end."""
    adopted = Solution.objects.filter(state=Solution.State.ADOPTED)
    tests = SmallTest.objects.filter(state=SmallTest.State.RUNNING)
    pilots = Pilot.objects.filter(state__in=[Pilot.State.CARD, Pilot.State.RUNNING])
    mine = {"record__initiative": initiative}
    asked = Q()
    for rows in (adopted, tests, pilots):
        asked |= Q(pk__in=rows.filter(**mine).values("pk"))
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.filter(asked).order_by("title", "pk")


def checks(initiative: Initiative, reader: Reader) -> dict[UUID, Readiness]:
    """The last check of each record; one question."""
    found = Readiness.objects.in_initiative(initiative).live().visible_to(reader.readers)
    last: dict[UUID, Readiness] = {}
    for row in found.select_related("record").newest_first():
        last.setdefault(row.about_id, row)
    return last


def last_check(initiative: Initiative, reader: Reader, about: UUID) -> Readiness | None:
    """The last check of one record."""
    found = Readiness.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.filter(about=about).newest_first().first()


def answers_of(row: Readiness | None) -> dict[str, str]:
    """What was answered last, to begin from."""
    return {need: getattr(row, need) for need in Readiness.NEEDS} if row else {}


def readiness_list(initiative: Initiative, reader: Reader, params: QueryDict) -> ReadinessList:
    """The list with the last check of each."""
    last = checks(initiative, reader)

    def row(record: Record) -> dict[str, object]:
        return _row(record, last.get(record.pk), initiative, reader)

    return ReadinessList(
        title=_("What carrying it out needs"),
        lead=_(
            "What was adopted or is tried, held against seven things that carrying it out needs."
            " A prompt, not a verdict."
        ),
        table=table_page(checkable(initiative, reader), COLUMNS, params, build=row),
        export_href=address(reader, "diagnosis:readiness_csv"),
        home_href=address(reader, "diagnosis:leadership"),
    )


def _row(
    record: Record, last: Readiness | None, initiative: Initiative, reader: Reader
) -> dict[str, object]:
    check = if_may(reader, "diagnosis.check", "diagnosis:check", record.pk)
    when = day_words(initiative.today(last.record.recorded_at)) if last else ""
    return {
        "title": TextLink(record.title, kinds.href(record, reader.slug)),
        "kind": kinds.label(record.kind),
        "missing": _mark(last),
        "when": TextLink(when, address(reader, "diagnosis:readiness", last.pk)) if last else "",
        "check": TextLink(_("Check again") if last else _("Check it"), check) if check else "",
    }


def _mark(last: Readiness | None) -> Mark:
    if last is None:
        return Mark("not_recorded", _("Not checked yet"))
    if last.missing:
        return Mark("open", ", ".join(str(NEEDS[need]) for need in last.missing))
    many = len(last.unknown)
    if many:
        words = ngettext("%s of seven is not known yet", "%s of seven are not known yet", many)
        return Mark("open", words % number_words(many))
    return Mark("met", _("Nothing"))


def readiness_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The same as rows of a table file."""
    last = checks(initiative, reader)
    for record in checkable(initiative, reader):
        row = last.get(record.pk)
        answers = tuple(getattr(row, need) if row else "" for need in Readiness.NEEDS)
        when = initiative.today(row.record.recorded_at).isoformat() if row else ""
        label = str(kinds.label(record.kind))
        yield record.title, label, *answers, row.note if row else "", when


def readiness_page(row: Readiness, reader: Reader) -> DetailPage:
    """One check with its seven answers."""
    seen = row.about.visibility in reader.readers and not row.about.withdrawn
    about = Term(_("About"), row.about.title, kinds.href(row.about, reader.slug))
    again = if_may(reader, "diagnosis.check", "diagnosis:check", row.about_id) if seen else ""
    labels: Mapping[str, Message] = dict(Answer.choices)
    answers = tuple(
        Term(
            getattr(Readiness._meta.get_field(need), "verbose_name", need),
            labels[getattr(row, need)],
        )
        for need in Readiness.NEEDS
    )
    return DetailPage(
        title=row.record.title,
        kicker=_("What carrying it out needs"),
        kicker_href=address(reader, "diagnosis:readiness_list"),
        state="met" if row.found == Answer.IN_PLACE else "open",
        state_label=FOUND[row.found],
        passages=(Passage(_("What would help"), row.note),) if row.note else (),
        terms=(about, *answers) if seen else answers,
        steps=(Step(_("Check again"), again),) if again else (),
        **beside(row.record, reader),
    )
