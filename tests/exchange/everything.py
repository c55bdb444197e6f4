"""Every text of the whole database, to prove that something is nowhere in it."""

from django.apps import apps
from django.db import models


def texts_with(words: str) -> list[str]:
    """The places where these words stand, as table.column."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField, models.JSONField)):
                rows = model._base_manager.filter(**{f"{field.name}__icontains": words})
                if rows.exists():
                    found.append(f"{model._meta.db_table}.{field.name}")
    return found
