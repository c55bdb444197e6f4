from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.models import VisionLine
from headway.problems.queries.parts import beside, steps_for


@dataclass(frozen=True)
class RankedLine:
    """One line, and where to move it."""

    anchor: str
    text: str
    reported: bool
    href: str
    move_href: str
    first: bool
    last: bool


@dataclass(frozen=True)
class VisionPage:
    """What success looks like, in order, and what is left to others."""

    title: str
    lead: str
    inside: tuple[RankedLine, ...]
    outside: tuple[RankedLine, ...]
    add_href: str
    home_href: str


def _ranked(lines: list[VisionLine], reader: Reader) -> tuple[RankedLine, ...]:
    return tuple(
        RankedLine(
            anchor=f"line-{line.pk}",
            text=line.text,
            reported=line.record.source_id is not None,
            href=address(reader, "problems:vision_line", line.pk),
            move_href=if_may(reader, "problems.rank", "problems:move_vision_line", line.pk),
            first=place == 1,
            last=place == len(lines),
        )
        for place, line in enumerate(lines, start=1)
    )


def vision_page(initiative: Initiative, reader: Reader) -> VisionPage:
    """The vision in its order."""
    found = VisionLine.objects.in_initiative(initiative).live().visible_to(reader.readers)
    lines = list(found.select_related("record").in_order())
    return VisionPage(
        title=_("What success looks like"),
        lead=_("The most important line comes first."),
        inside=_ranked([each for each in lines if each.scope == VisionLine.Scope.IN], reader),
        outside=_ranked([each for each in lines if each.scope == VisionLine.Scope.OUT], reader),
        add_href=if_may(reader, "problems.write", "problems:add_vision_line"),
        home_href=address(reader, "problems:home"),
    )


def vision_line_page(line: VisionLine, reader: Reader) -> DetailPage:
    """One line of the vision."""
    scope: Message = line.get_scope_display()
    return DetailPage(
        title=line.record.title,
        kicker=_("What success looks like"),
        kicker_href=address(reader, "problems:vision"),
        passages=(Passage(scope, line.text),),
        steps=steps_for(line.record, reader, "problems:edit_vision_line"),
        **beside(line.record, reader),
    )
