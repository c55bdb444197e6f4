from django.http import HttpResponse
from django.utils.text import slugify


def file_named(name: str, ending: str, media_type: str, content: bytes) -> HttpResponse:
    """A finished file to save."""
    response = HttpResponse(content, content_type=media_type)
    stem = slugify(name)[:80] or "meeting"
    response["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response
