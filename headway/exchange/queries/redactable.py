from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.exchange.queries.content import detail_texts, stage_models, text_columns
from headway.initiatives.models import Record

TITLE, REASONS = "title", "reasons"


def redactable_fields(record: Record) -> dict[str, Message]:
    """The texts of a record that can be blackened, with their words."""
    model = stage_models().get(record.kind)
    own = {} if model is None else {f.name: str(f.verbose_name) for f in text_columns(model)}
    return {
        TITLE: _("title"),
        **own,
        **_details(record),
        REASONS: _("reasons given for states and withdrawal"),
    }


def _details(record: Record) -> dict[str, Message]:
    """The texts of what hangs on the record, where there are any."""
    return {
        text.name: f"{text.model._meta.verbose_name}: {text.column.verbose_name}"
        for text in detail_texts(record.kind)
        if text.rows(record.pk).exclude(**{text.column.name: ""}).exists()
    }
