"""The practices as pages to read, for everybody and inside an initiative."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.tables import TablePage, TextLink
from headway.diagnosis.models import Activity
from headway.diagnosis.queries.practices import (
    INSPIRED_BY,
    PRACTICES,
    STAGES,
    Practice,
    PracticeStep,
)
from headway.diagnosis.queries.practices.activities import activities_table, visible_activities
from headway.diagnosis.queries.practices.writing import WRITES
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class PracticeLine:
    """One practice in a list."""

    title: Message
    writes: Message
    time: Message
    href: str


@dataclass(frozen=True)
class Stage:
    """The practices of one stage of a collaboration."""

    key: str
    label: Message
    practices: tuple[PracticeLine, ...]


@dataclass(frozen=True)
class PracticesPage:
    """All seventeen, and inside an initiative what was carried out there."""

    title: str
    lead: str
    stages: tuple[Stage, ...]
    inspired_by: str
    table: TablePage | None = None
    export_href: str = ""


@dataclass(frozen=True)
class GuideStep:
    """One step as it is read."""

    step: PracticeStep
    writes: Message


@dataclass(frozen=True)
class PracticePage:
    """One practice, complete; inside an initiative with where to start it."""

    title: Message
    practice: Practice
    stage: Message
    kicker: Message
    steps: tuple[GuideStep, ...]
    inspired_by: str
    home_href: str
    start_href: str = ""
    started: tuple[TextLink, ...] = ()


def practices_everywhere() -> PracticesPage:
    """The list for everybody."""
    return PracticesPage(
        title=_("Seventeen practices"),
        lead=_(
            "Ways of working together across sectors that others have found to help. Read them"
            " freely; inside an initiative each becomes an activity that writes real records."
        ),
        stages=_stages(lambda key: reverse("diagnosis:practice_everywhere", args=[key])),
        inspired_by=INSPIRED_BY,
    )


def practices_page(initiative: Initiative, reader: Reader, params: QueryDict) -> PracticesPage:
    """What was carried out here, and what could be."""
    return PracticesPage(
        title=_("Practices"),
        lead=_("Ways of working together, step by step. What they write are records like others."),
        stages=_stages(lambda key: address(reader, "diagnosis:practice", key)),
        inspired_by=INSPIRED_BY,
        table=activities_table(initiative, reader, params),
        export_href=address(reader, "diagnosis:activities_csv"),
    )


def practice_everywhere(practice: Practice) -> PracticePage:
    """One practice for everybody."""
    return PracticePage(
        title=practice.title,
        practice=practice,
        stage=STAGES[practice.stage],
        kicker=_("Practices"),
        steps=_steps(practice),
        inspired_by=INSPIRED_BY,
        home_href=reverse("diagnosis:practices_everywhere"),
    )


def practice_page(practice: Practice, initiative: Initiative, reader: Reader) -> PracticePage:
    """One practice inside an initiative, with where it was carried out before."""
    before = visible_activities(initiative, reader).filter(practice=practice.key)
    return PracticePage(
        title=practice.title,
        practice=practice,
        stage=STAGES[practice.stage],
        kicker=_("Practices"),
        steps=_steps(practice),
        inspired_by=INSPIRED_BY,
        home_href=address(reader, "diagnosis:practices"),
        start_href=if_may(reader, "diagnosis.practise", "diagnosis:start_practice", practice.key),
        started=tuple(_started(initiative, reader, each) for each in before[:10]),
    )


def _started(initiative: Initiative, reader: Reader, activity: Activity) -> TextLink:
    day = initiative.today(activity.record.recorded_at)
    words = _("Begun on %(day)s, %(state)s") % {
        "day": date_format(day, "DATE_FORMAT"),
        "state": activity.get_state_display(),
    }
    return TextLink(words, address(reader, "diagnosis:activity", activity.pk))


def _steps(practice: Practice) -> tuple[GuideStep, ...]:
    return tuple(
        GuideStep(step, WRITES[step.writes].label if step.writes else "") for step in practice.steps
    )


def _stages(href: Callable[[str], str]) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            stage,
            label,
            tuple(
                PracticeLine(each.title, each.writes, each.time, href(each.key))
                for each in PRACTICES
                if each.stage == stage
            ),
        )
        for stage, label in STAGES.items()
    )
