"""What tells a form that was sent twice from another one that looks alike."""

from hashlib import sha256
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from headway.core.forms import FormKeyField

KEY = "form_key"


def form_mark(request: HttpRequest) -> str:
    """What tells one sent form from every other: its key and all that was typed into it.

    Somebody who goes back and types something else sends another form. Empty without a key.
    """
    if not FormKeyField().clean(request.POST.get(KEY)):
        return ""
    typed = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    sent = cast("dict[str, UploadedFile[Any]]", request.FILES)
    files = [(name, sent[name].name, sent[name].size) for name in sorted(sent)]
    told = [pair for pair in typed if pair[0] != "csrfmiddlewaretoken"]
    return sha256(repr((request.path, told, files)).encode()).hexdigest()
