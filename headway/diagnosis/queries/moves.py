"""Next moves that were taken or declined, and what followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.diagnosis.models import Move
from headway.diagnosis.queries.words import LEVERS, day_words
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Link
from headway.initiatives.pages.detail import DetailPage, Passage, address, beside
from headway.initiatives.reader import Reader

COLUMNS = (
    Column("title", gettext_lazy("Next move"), sort="record__title"),
    Column("answer", gettext_lazy("Answer"), sort="answer"),
    Column("who", gettext_lazy("Organization"), sort="record__organisation__name"),
    Column("because", gettext_lazy("Reason")),
    Column("about", gettext_lazy("About"), sort="about__title"),
    Column("followed", gettext_lazy("What followed")),
    Column("when", gettext_lazy("When"), sort="record__recorded_at"),
)
HEADING = ("next move", "answer", "organization", "reason", "about", "what followed", "when")
MARKS = {Move.Answer.TAKEN: "under_way", Move.Answer.DECLINED: "not_needed"}


@dataclass(frozen=True)
class MovesPage:
    """Every answer to a next move."""

    title: str
    lead: str
    table: TablePage
    export_href: str
    home_href: str


def visible_moves(initiative: Initiative, reader: Reader) -> QuerySet[Move]:
    """The answers that the reader may see, the last one first."""
    found = Move.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record__organisation__merged_into", "about").newest_first()


def followed(moves: Sequence[Move], reader: Reader) -> dict[UUID, tuple[TextLink, ...]]:
    """What came from the record of each move after it was taken; one question for all."""
    about = {move.about_id for move in moves if move.about_id is not None}
    links = Link.objects.filter(
        target__in=about,
        withdrawn_at__isnull=True,
        origin__withdrawn_at__isnull=True,
        origin__visibility__in=reader.readers,
    ).exclude(origin__kind=Move.RECORD_KIND)
    found: dict[UUID, list[tuple[datetime, TextLink]]] = {}
    for link in links.select_related("origin").order_by("made_at"):
        told = TextLink(link.origin.title, kinds.href(link.origin, reader.slug))
        found.setdefault(link.target_id, []).append((link.made_at, told))
    return {
        move.pk: tuple(
            told
            for made_at, told in found.get(move.about_id, ())
            if made_at >= move.record.recorded_at
        )
        for move in moves
        if move.about_id is not None
    }


def moves_page(initiative: Initiative, reader: Reader, params: QueryDict) -> MovesPage:
    """The list of answers, with what followed."""
    rows = visible_moves(initiative, reader)
    after = followed(list(rows), reader)

    def row(move: Move) -> dict[str, object]:
        return move_row(move, initiative, reader, after.get(move.pk, ()))

    return MovesPage(
        title=_("Next moves taken and declined"),
        lead=_("What was proposed, what a partner answered and why, and what followed."),
        table=table_page(rows, COLUMNS, params, build=row),
        export_href=address(reader, "diagnosis:moves_csv"),
        home_href=address(reader, "diagnosis:leadership"),
    )


def move_row(
    move: Move, initiative: Initiative, reader: Reader, after: Sequence[TextLink]
) -> dict[str, object]:
    """One answer as a row of a table."""
    organisation = move.record.organisation
    return {
        "title": TextLink(lever_label(move), address(reader, "diagnosis:move", move.pk)),
        "answer": Mark(MARKS[Move.Answer(move.answer)], move.get_answer_display()),
        "who": organisation.canonical.name if organisation else "",
        "because": move.because,
        "about": TextLink(move.about.title, kinds.href(move.about, reader.slug))
        if move.about and _shown(move, reader)
        else "",
        "followed": after[0] if after else "",
        "when": day_words(initiative.today(move.record.recorded_at)),
    }


def _shown(move: Move, reader: Reader) -> bool:
    """Whether the reader may open what a move is about."""
    return move.about is not None and move.about.visibility in reader.readers


def lever_label(move: Move) -> Message:
    """What a move is called in the reader's language."""
    return next((label for key, label in LEVERS.items() if key == move.lever), move.lever)


def move_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The answers as rows of a table file."""
    rows = list(visible_moves(initiative, reader))
    after = followed(rows, reader)
    for move in rows:
        organisation = move.record.organisation
        yield (
            str(lever_label(move)),
            move.answer,
            organisation.canonical.name if organisation else "",
            move.because,
            move.about.title if move.about and _shown(move, reader) else "",
            "; ".join(str(link.text) for link in after.get(move.pk, ())),
            initiative.today(move.record.recorded_at).isoformat(),
        )


def move_page(move: Move, reader: Reader) -> DetailPage:
    """One answer with what followed."""
    after = followed([move], reader).get(move.pk, ())
    about = move.about if _shown(move, reader) else None
    terms = [Term(_("What followed"), link.text, link.href) for link in after]
    if about is not None:
        terms.insert(0, Term(_("About"), about.title, kinds.href(about, reader.slug)))
    return DetailPage(
        title=str(lever_label(move)),
        kicker=_("Next moves taken and declined"),
        kicker_href=address(reader, "diagnosis:moves"),
        state=MARKS[Move.Answer(move.answer)],
        state_label=move.get_answer_display(),
        passages=tuple(
            Passage(heading, text)
            for heading, text in (
                (_("Why it was proposed"), move.told),
                (_("Reason"), move.because),
            )
            if text
        ),
        terms=tuple(terms),
        **beside(move.record, reader),
    )
