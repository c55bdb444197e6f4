"""How named evaluators judge recommendations by criteria, apart from how popular they are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.queries.parts import member_words
from headway.solutions.models import Criterion, CriterionScore, Solution
from headway.solutions.queries.parts import beside, solution_mark, steps_if

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Judged:
    """How several evaluators judge by one criterion."""

    mean: Decimal
    least: int
    most: int
    count: int

    @classmethod
    def of(cls, points: list[int]) -> "Judged":
        """Mean to one decimal, and the range, of at least one score."""
        mean = (Decimal(sum(points)) / len(points)).quantize(TENTH, ROUND_HALF_UP)
        return cls(mean, min(points), max(points), len(points))

    @property
    def words(self) -> str:
        """Mean, range and how many: "3.5 (2 to 5, 4 scores)"."""
        count = ngettext("%(count)s score", "%(count)s scores", self.count) % {"count": self.count}
        return _("%(mean)s (%(least)s to %(most)s, %(count)s)") % {
            "mean": number_words(self.mean),
            "least": self.least,
            "most": self.most,
            "count": count,
        }


@dataclass(frozen=True)
class ScoreLine:
    """What one evaluator said."""

    criterion: str
    who: str
    points: int
    because: str


@dataclass(frozen=True)
class CriterionLine:
    """One criterion with how it was judged."""

    name: str
    weight: int
    means: str
    words: Message
    href: str


@dataclass(frozen=True)
class JudgedBox:
    """How a recommendation is judged, criterion by criterion."""

    lines: tuple[CriterionLine, ...]
    total: str
    scores: tuple[ScoreLine, ...]
    score_href: str
    criteria_href: str


@dataclass(frozen=True)
class CriteriaPage:
    """The criteria, and every recommendation beside its scores and its votes."""

    title: str
    lead: str
    criteria: tuple[CriterionLine, ...]
    table: TablePage
    add_href: str
    export_href: str
    home_href: str


def visible_criteria(initiative: Initiative, reader: Reader) -> QuerySet[Criterion]:
    """The criteria by which recommendations are judged."""
    found = Criterion.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record").order_by("record__recorded_at", "pk")


def weighted(judged: dict[UUID, Judged], weights: dict[UUID, int]) -> Decimal | None:
    """The mean of the criteria's means by their weights; None where nobody judged."""
    counted = [(judged[pk].mean, weights[pk]) for pk in weights if pk in judged]
    if not counted:
        return None
    total = sum((mean * weight for mean, weight in counted), Decimal(0))
    return (total / sum(weight for _mean, weight in counted)).quantize(TENTH, ROUND_HALF_UP)


def _weighted_words(judged: dict[UUID, Judged], weights: dict[UUID, int]) -> str:
    mean = weighted(judged, weights)
    return "" if mean is None else number_words(mean)


def scores_of(rows: QuerySet[CriterionScore]) -> dict[UUID, dict[UUID, Judged]]:
    """How each recommendation is judged by each criterion."""
    points: dict[UUID, dict[UUID, list[int]]] = defaultdict(lambda: defaultdict(list))
    for solution, criterion, score in rows.values_list("solution", "criterion", "score"):
        points[solution][criterion].append(score)
    return {
        solution: {criterion: Judged.of(given) for criterion, given in each.items()}
        for solution, each in points.items()
    }


def _line(criterion: Criterion, judged: Judged | None, reader: Reader) -> CriterionLine:
    return CriterionLine(
        name=criterion.record.title,
        weight=criterion.weight,
        means=criterion.text,
        words=judged.words if judged else _("nobody judged it yet"),
        href=address(reader, "solutions:criterion", criterion.pk),
    )


def judged_box(solution: Solution, reader: Reader, *, open_: bool) -> JudgedBox:
    """How one recommendation is judged, with names and reasons."""
    initiative = solution.record.initiative
    criteria = list(visible_criteria(initiative, reader))
    rows = list(
        CriterionScore.objects.filter(solution=solution, criterion__in=criteria)
        .select_related("member", "criterion__record")
        .order_by("criterion__record__recorded_at", "scored_at")
    )
    points: dict[UUID, list[int]] = defaultdict(list)
    for row in rows:
        points[row.criterion_id].append(row.score)
    judged = {pk: Judged.of(given) for pk, given in points.items()}
    may = open_ and bool(criteria) and reader.may("solutions.score")
    return JudgedBox(
        lines=tuple(_line(each, judged.get(each.pk), reader) for each in criteria),
        total=_weighted_words(judged, {each.pk: each.weight for each in criteria}),
        scores=tuple(
            ScoreLine(
                row.criterion.record.title,
                member_words(row.member.name, reader),
                row.score,
                row.because,
            )
            for row in rows
        ),
        score_href=address(reader, "solutions:score", solution.pk) if may else "",
        criteria_href=address(reader, "solutions:criteria"),
    )


@dataclass(frozen=True)
class Scores:
    """Everything that is judged in an initiative, in two queries."""

    criteria: tuple[Criterion, ...]
    judged: dict[UUID, dict[UUID, Judged]]

    def of(self, solution: UUID) -> dict[UUID, Judged]:
        """How one recommendation is judged."""
        return self.judged.get(solution, {})

    def total(self, solution: UUID) -> str:
        """Its weighted mean in words."""
        weights = {each.pk: each.weight for each in self.criteria}
        return _weighted_words(self.of(solution), weights)


def scores_in(initiative: Initiative, reader: Reader) -> Scores:
    """Everything that is judged in an initiative."""
    criteria = tuple(visible_criteria(initiative, reader))
    rows = CriterionScore.objects.filter(solution__record__initiative=initiative)
    return Scores(criteria, scores_of(rows.filter(criterion__record__withdrawn_at=None)))


def criteria_page(
    initiative: Initiative, reader: Reader, params: QueryDict, support: dict[UUID, str]
) -> CriteriaPage:
    """Every recommendation with its scores; how many voted for it stands in its own column.

    Args:
        initiative: where they are judged.
        reader: who reads it.
        params: the page's own query.
        support: what closed votes said about each, in words.

    """
    scores = scores_in(initiative, reader)
    found = Solution.objects.in_initiative(initiative).live().visible_to(reader.readers)
    found = found.exclude(state=Solution.State.IDEA).select_related("record")
    return CriteriaPage(
        title=_("Judged by criteria"),
        lead=_(
            "Evaluators judge by name, from 1 to 5 and with the reason. That is no vote: what is"
            " popular and what would work stand apart."
        ),
        criteria=tuple(_line(each, None, reader) for each in scores.criteria),
        table=table_page(
            found.order_by("record__title"),
            _columns(scores),
            params,
            build=lambda solution: _row(solution, scores, reader, support.get(solution.pk, "")),
        ),
        add_href=if_may(reader, "solutions.lead", "solutions:add_criterion"),
        export_href=address(reader, "solutions:scores_csv"),
        home_href=address(reader, "solutions:home"),
    )


def _columns(scores: Scores) -> tuple[Column, ...]:
    """One column for each criterion, between what is judged and how it does in all."""
    return (
        Column("title", gettext_lazy("Recommendation"), sort="record__title"),
        Column("state", gettext_lazy("State"), sort="state"),
        *(Column(str(each.pk), each.record.title) for each in scores.criteria),
        Column("total", gettext_lazy("Weighted mean"), numeric=True),
        Column("support", gettext_lazy("Votes")),
    )


def _row(solution: Solution, scores: Scores, reader: Reader, support: str) -> dict[str, object]:
    judged = scores.of(solution.pk)
    return {
        **{str(each.pk): "" for each in scores.criteria},
        **{str(pk): one.words for pk, one in judged.items()},
        "title": TextLink(
            solution.record.title, address(reader, "solutions:solution", solution.pk)
        ),
        "state": solution_mark(solution),
        "total": scores.total(solution.pk),
        "support": support,
    }


SCORE_HEADING = ("recommendation", "criterion", "weight", "evaluator", "score", "reason")


def score_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every score as a row of a table file."""
    found = CriterionScore.objects.filter(
        solution__record__initiative=initiative,
        solution__record__withdrawn_at=None,
        solution__record__visibility__in=reader.readers,
        criterion__record__withdrawn_at=None,
        criterion__record__visibility__in=reader.readers,
    )
    rows = found.select_related("solution__record", "criterion__record", "member")
    for row in rows.order_by("solution__record__title", "pk").iterator(chunk_size=500):
        yield (
            row.solution.record.title,
            row.criterion.record.title,
            str(row.criterion.weight),
            member_words(row.member.name, reader),
            str(row.score),
            row.because,
        )


def criterion_page(criterion: Criterion, reader: Reader) -> DetailPage:
    """One criterion."""
    record = criterion.record
    may = reader.may("solutions.lead") and not record.withdrawn
    return DetailPage(
        title=record.title,
        kicker=_("Judged by criteria"),
        kicker_href=address(reader, "solutions:criteria"),
        passages=(Passage(_("What 1 and 5 mean"), criterion.text),),
        terms=(Term(_("Weight"), criterion.weight),),
        steps=steps_if(
            (may, _("Change it"), address(reader, "solutions:edit_criterion", criterion.pk))
        ),
        **beside(record, reader),
    )
