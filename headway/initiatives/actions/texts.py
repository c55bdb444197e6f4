from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions.records import locked, must_stand, note_event
from headway.initiatives.languages import content_languages
from headway.initiatives.models import Record, Translation
from headway.initiatives.models.text import fingerprint
from headway.initiatives.queries.panel import texts_of


@transaction.atomic
def translate_text(
    *,
    by: Actor,
    record: Record,
    field: str,
    original: str,
    language: str,
    text: str,
    origin: str = Translation.Origin.HUMAN,
) -> Translation:
    """Keep a text of a record in another language beside the original.

    The log keeps what an earlier translation said.

    Raises:
        RuleError: where the record has no such text, the language is the original's or unknown,
            or nothing is written.

    """
    current = locked(record)
    must_stand(current)
    if language == current.language or language not in dict(content_languages()):
        raise RuleError(_("Choose another language than the original's."), "language")
    if field not in texts_of(current):
        raise RuleError(_("Choose one of the texts that this record has."), "field")
    if not text.strip():
        raise RuleError(_("Enter the translated text."), "text")
    translation = _kept(current, field, language)
    before = translation.text
    translation.text, translation.origin = text, origin
    translation.source_hash, translation.recorded_at = fingerprint(original), by.at
    translation.save()
    changes = {field: ("", language)} | ({f"{field}_{language}": (before, text)} if before else {})
    note_event(by=by, record=current, verb="translated", changes=changes)
    return translation


def _kept(record: Record, field: str, language: str) -> Translation:
    """The translation that stands, or one that is not kept yet."""
    same = {"record": record, "field": field, "language": language}
    return Translation.objects.filter(**same).first() or Translation(**same)
