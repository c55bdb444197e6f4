"""The brief of a request for a decision body: one page, every number with its source."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from headway.arenas.models import AdvocacyLimit, Ask
from headway.arenas.queries.decisions import visible_decisions, vote_words
from headway.arenas.queries.parts import ask_mark, day_words, result_mark
from headway.arenas.queries.requests import said_lines
from headway.arenas.queries.rules import computation, rule_today, rules_of, sentence, voting_seats
from headway.arenas.queries.speaking import limits_of
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.numbers import number_words
from headway.directory.models import Organisation
from headway.directory.models.organisation import Sector
from headway.initiatives import kinds
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.problems.models import AffectedGroup
from headway.site.formats.paper import Paper
from headway.site.queries.headline import headline_now
from headway.site.queries.results import results, under_way
from headway.site.queries.told import Part, Told, on_paper, sourced
from headway.solutions.models import CoAuthor, Solution
from headway.solutions.queries.money import giver_words, sums_of, visible_funding

MOST_GROUPS, MOST_TESTS, MOST_OPEN, MOST_SAID, MOST_GIVERS = 3, 3, 2, 6, 3
# So much of a text that everything stands on one page; its record has the rest.
LONG, SHORT, SHORTEST = 360, 150, 70


@dataclass(frozen=True)
class BriefPage:
    """What a member of the body needs to know about one request."""

    title: str
    kicker: str
    lead: str
    label: str
    made: str
    parts: tuple[Part, ...]
    back_href: str
    pdf_href: str


def brief_page(ask: Ask, reader: Reader) -> BriefPage:
    """The brief of a request; `ask` comes with its body and its recommendation."""
    solution = _seen(ask.solution, reader)
    parts = (
        _request(ask, reader),
        _why(ask, reader),
        _money(solution, reader),
        _backers(ask, solution, reader),
        _tests(ask, solution, reader),
        _said(ask, reader),
        _rule(ask, reader),
    )
    return BriefPage(
        title=ask.record.title,
        kicker=_("Brief for %s") % ask.arena.organisation.canonical.name,
        lead="" if ask.text == ask.record.title else short(ask.text, LONG),
        label=ask.record.initiative.label,
        made=_("As of %s.") % date_format(reader.today, "DATE_FORMAT"),
        parts=tuple(_shortened(part) for part in parts if not part.empty),
        back_href=address(reader, "arenas:ask", ask.pk),
        pdf_href=address(reader, "site:brief_pdf", ask.pk),
    )


def short(text: str, most: int = SHORT) -> str:
    """As much of a text as there is room for."""
    return str(Truncator(text).chars(most))


def _shortened(part: Part) -> Part:
    lines = tuple(
        replace(
            line,
            name=short(str(line.name), SHORTEST if line.words else SHORT),
            words=short(line.words),
            source=short(line.source, SHORTEST),
        )
        for line in part.lines
    )
    return replace(part, lines=lines)


def brief_paper(page: BriefPage, language: str, site: str) -> Paper:
    """The brief on one sheet of paper."""
    paper = Paper(
        title=page.title,
        kicker=page.kicker,
        lead=page.lead,
        label=page.label,
        language=language,
        footer=page.made,
        short=True,
    )
    return on_paper(page.parts, paper, site)


def _seen(solution: Solution | None, reader: Reader) -> Solution | None:
    """The recommendation that the request was made out of, where the reader may open it."""
    if solution is None or solution.record.withdrawn:
        return None
    return solution if solution.record.visibility in reader.readers else None


def _request(ask: Ask, reader: Reader) -> Part:
    href = address(reader, "arenas:ask", ask.pk)
    lines = [sourced(ask.record, _("Where it stands"), str(ask_mark(ask).label), href)]
    if ask.state not in {Ask.State.DECIDED, Ask.State.TAKEN_BACK}:
        lines.append(Told(_("Vote expected"), day_words(ask.vote_on) or _("no date yet"), href))
    decided = visible_decisions(ask.record.initiative, reader).filter(ask=ask)
    for row in decided:
        told = (str(result_mark(row).label), date_words(row.record.when), vote_words(row))
        words = ", ".join(filter(None, told))
        lines.append(sourced(row.record, _("Decided"), words, kinds.href(row.record, reader.slug)))
    return Part("request", _("The request"), "", tuple(lines))


def _why(ask: Ask, reader: Reader) -> Part:
    """Who is affected, and the number it is about."""
    initiative = ask.record.initiative
    groups = AffectedGroup.objects.in_initiative(initiative).live().visible_to(reader.readers)
    lines = []
    for group in groups.select_related("record__source").oldest_first()[:MOST_GROUPS]:
        counted = "" if group.how_many is None else number_words(group.how_many)
        words = group.how_many_as_said or counted
        lines.append(
            sourced(group.record, group.name, words, kinds.href(group.record, reader.slug))
        )
    number = headline_now(initiative, reader)
    if number is not None:
        lines.append(
            Told(number.title, number.finding, number.href, number.source, number.source_href)
        )
    if ask.solution is not None and _seen(ask.solution, reader) and ask.solution.expects:
        href = kinds.href(ask.solution.record, reader.slug)
        lines.append(Told(_("What it would change"), ask.solution.expects, href))
    return Part("why", _("Why"), "", tuple(lines))


def _money(solution: Solution | None, reader: Reader) -> Part:
    """What it costs, who pays, and what is missing."""
    if solution is None:
        return Part("money", "")
    rows = list(visible_funding(solution.record.initiative, reader).filter(solution=solution))
    href = kinds.href(solution.record, reader.slug)
    lines = [sourced(solution.record, sums_of(solution, rows).sentence, "", href)]
    for row in rows[:MOST_GIVERS]:
        words = f"{number_words(row.amount)} {solution.currency}, {row.get_status_display()}"
        lines.append(
            sourced(row.record, giver_words(row), words, kinds.href(row.record, reader.slug))
        )
    return Part("money", _("What it costs"), "", tuple(lines))


def _backers(ask: Ask, solution: Solution | None, reader: Reader) -> Part:
    """The organisations that drafted it, and those that said they may ask for it, by sector."""
    rows: dict[object, Organisation] = {}
    if solution is not None:
        authors = CoAuthor.objects.filter(solution=solution, ended_at__isnull=True)
        for author in authors.select_related("organisation__merged_into"):
            rows[author.organisation.canonical_pk] = author.organisation.canonical
    if reader.may("arenas.who_asks"):
        for key, said in limits_of(ask).items():
            if said.limit == AdvocacyLimit.Limit.MAY_ASK:
                rows[key] = said.organisation.canonical
    by_sector: dict[str, list[str]] = defaultdict(list)
    sectors: list[tuple[str, Message]] = [*Sector.choices, ("", _("Sector not recorded"))]
    for row in rows.values():
        by_sector[row.sector].append(row.name)
    href = kinds.href(solution.record, reader.slug) if solution else ""
    lines = tuple(
        Told(label, ", ".join(sorted(by_sector[sector], key=str.casefold)), href)
        for sector, label in sectors
        if by_sector.get(sector)
    )
    return Part("backers", _("Who stands behind it"), "", lines)


def _tests(ask: Ask, solution: Solution | None, reader: Reader) -> Part:
    """What was tried of it and how it came out, and what is being tried."""
    if solution is None:
        return Part("tests", "")
    initiative = ask.record.initiative
    tried = results(initiative, reader, solution=solution)[:MOST_TESTS]
    trying = under_way(initiative, reader, solution)[:MOST_OPEN]
    lines = tuple(
        Told(
            line.title,
            ". ".join(filter(None, (str(line.mark.label), str(line.decision), line.saw))),
            line.href,
            line.source,
            line.source_href,
        )
        for line in (*tried, *trying)
    )
    none = "" if lines else _("It was not tried yet, as far as is recorded.")
    return Part("tests", _("What was tried"), none, lines)


def _said(ask: Ask, reader: Reader) -> Part:
    """What members of the body said in public; an earlier word is told as such."""
    lines = tuple(
        Told(
            f"{line.who}, {line.when}" if line.when else line.who,
            f"{capfirst(str(line.stance))}: “{short(line.text, SHORT - 30)}”",
            line.href,
            _("source") if line.link else "",
            line.link,
        )
        for line in said_lines(ask, reader)
        if not line.earlier
    )
    none = "" if lines else _("Nothing is noted.")
    return Part("said", _("Said on the record"), none, lines[:MOST_SAID])


def _rule(ask: Ask, reader: Reader) -> Part:
    """How the body decides, in a sentence, and how many votes that means."""
    rule = rule_today(list(rules_of(ask.arena, reader)), reader)
    if rule is None:
        return Part("rule", _("How it is decided"), _("How the body decides is not recorded."))
    words = computation(rule, voting_seats(ask.arena), QueryDict()).words
    href = address(reader, "arenas:rule", rule.pk)
    return Part(
        "rule",
        _("How it is decided"),
        "",
        (
            sourced(rule.record, sentence(rule), "", href),
            Told(words, "", href),
        ),
    )
