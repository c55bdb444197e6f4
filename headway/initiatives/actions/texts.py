from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions.records import locked, must_stand, note_event
from headway.initiatives.languages import content_languages
from headway.initiatives.models import Record, Translation
from headway.initiatives.models.text import fingerprint


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

    Raises:
        RuleError: where the language is the original's or unknown, or the text is empty.

    """
    current = locked(record)
    must_stand(current)
    if language == current.language or language not in dict(content_languages()):
        raise RuleError(_("Choose another language than the original's."), "language")
    if not text.strip():
        raise RuleError(_("Enter the translated text."), "text")
    translation, _made = Translation.objects.update_or_create(
        record=current,
        field=field,
        language=language,
        defaults={
            "text": text,
            "origin": origin,
            "source_hash": fingerprint(original),
            "recorded_at": by.at,
        },
    )
    note_event(by=by, record=current, verb="translated", changes={field: ("", language)})
    return translation
