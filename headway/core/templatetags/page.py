"""The parts that pages are made of; a builtin of every template."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from headway.core.charts import Chart
from headway.core.context import NavigationItem
from headway.core.difference import difference as compare
from headway.core.errors import Message
from headway.core.marks import NEUTRAL, SECTORS, STATES, Moment, PathMark, Source, Tab, Term
from headway.core.progress import Progress
from headway.core.tables import TablePage

register = template.Library()
Context = Mapping[str, Any]
BREAK = SafeString("<wbr>")
MAY_END = re.compile(r"(?<=/)(?=\S)|(?<=\S{15})(?=\S{15})")


@register.inclusion_tag("core/parts/page_header.html")
def page_header(
    title: Message,
    lead: Message = "",
    kicker: Message = "",
    kicker_href: str = "",
    state: str = "",
    state_label: Message = "",
) -> Context:
    """The one heading of a page, with what it belongs to above and a sentence below."""
    return {
        "title": title,
        "lead": lead,
        "kicker": kicker,
        "kicker_href": kicker_href,
        "state": state,
        "state_label": state_label,
    }


@register.inclusion_tag("core/parts/field.html")
def field(bound: BoundField, *, wide: bool = False) -> Context:
    """A form field with its label, hint and what to mend."""
    if not isinstance(bound, BoundField):
        raise TypeError(f"field needs a field of a form, not {bound!r}")
    return {"field": bound, "wide": wide}


@register.inclusion_tag("core/parts/fields.html")
def form_fields(form: BaseForm) -> Context:
    """Every field of a form, in order."""
    return {"form": form}


@register.inclusion_tag("core/parts/error_summary.html")
def error_summary(form: BaseForm | None) -> Context:
    """What to mend, at the top of the page, each with a link to its field."""
    if not isinstance(form, BaseForm) or not form.is_bound:
        return {"refusals": ()}
    found = [("", "", str(message)) for message in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id if bound.use_fieldset else bound.id_for_label
        found += [
            (target or bound.auto_id, str(bound.label), str(message)) for message in bound.errors
        ]
    return {"refusals": tuple(found)}


@register.inclusion_tag("core/parts/table.html")
def table(
    page: TablePage,
    caption: Message = "",
    empty: Message = "",
    empty_href: str = "",
    empty_label: Message = "",
) -> Context:
    """A table with sorting and paging, or the empty state that teaches the first step."""
    return {
        "table": page,
        "caption": caption,
        "empty": empty,
        "empty_href": empty_href,
        "empty_label": empty_label,
        "id": f"table-{page.name}" if page.name else "table",
    }


@register.inclusion_tag("core/parts/empty_state.html")
def empty_state(title: Message, text: Message = "", href: str = "", label: Message = "") -> Context:
    """What stands where nothing is yet: what belongs here and the first step."""
    return {"title": title, "text": text, "href": href, "label": label}


@register.inclusion_tag("core/parts/state_mark.html")
def state_mark(state: str, label: Message = "") -> Context:
    """A state as shape and word."""
    look = STATES.get(state, NEUTRAL)
    return {"shape": look.shape, "tone": look.tone, "label": label or look.word}


@register.inclusion_tag("core/parts/sector_mark.html")
def sector_mark(sector: str, label: Message) -> Context:
    """A sector as colored shape and word."""
    look = SECTORS.get(sector)
    return {"shape": look.shape if look else "circle", "sector": sector, "label": label}


@register.inclusion_tag("core/parts/source.html")
def source(found: Source) -> Context:
    """Where a fact comes from."""
    return asdict(found)


@register.inclusion_tag("core/parts/tabs.html")
def tabs(items: Iterable[Tab], label: Message) -> Context:
    """Links to the sections of a page."""
    return {"items": tuple(items), "label": label}


@register.inclusion_tag("core/parts/descriptions.html")
def descriptions(terms: Iterable[Term]) -> Context:
    """A list of names and what they stand for."""
    return {"terms": tuple(terms)}


@register.inclusion_tag("core/parts/timeline.html")
def timeline(moments: Iterable[Moment]) -> Context:
    """What happened, in the order given."""
    return {"moments": tuple(moments)}


@register.inclusion_tag("core/parts/difference.html")
def difference(old: str, new: str) -> Context:
    """What went out and what came in between two wordings."""
    return {"stretches": compare(str(old), str(new))}


@register.inclusion_tag("core/parts/progress.html")
def progress(found: Progress) -> Context:
    """How far a job is; asks again by itself until it is finished."""
    return {"progress": found}


@register.inclusion_tag("core/parts/path.html")
def path(marks: Sequence[PathMark], label: Message = "", *, small: bool = False) -> Context:
    """The path from "understood" to "result" as joined marks."""
    return {"marks": tuple(marks), "label": label, "small": small}


@register.inclusion_tag("core/parts/navigation.html")
def navigation(items: Iterable[NavigationItem], label: Message) -> Context:
    """The entries at the left."""
    return {"items": tuple(items), "label": label}


@register.inclusion_tag("core/parts/chart.html")
def chart(found: Chart) -> Context:
    """A drawing with its finding, its summary and its table."""
    return {"chart": found}


@register.filter
def weekday(day: date | None) -> str:
    """A date with its weekday, for where somebody must act: "Friday, March 27, 2026"."""
    return "" if day is None else f"{date_format(day, 'l')}, {date_format(day, 'DATE_FORMAT')}"


@register.filter
def is_day(value: object) -> bool:
    """Whether a value is a date or an instant."""
    return isinstance(value, date)


@register.filter
def may_break(value: object) -> SafeString:
    """Text whose line may also end after a slash, and inside a run of thirty letters or more.

    "Minneapolis/Hennepin" needs no wide column, and an address pushes no table off the screen.
    """
    return format_html_join(BREAK, "{}", ((part,) for part in MAY_END.split(str(value))))
