"""Files that are made while they are sent, so that large ones need no memory and no time-out."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.utils.text import slugify


def download(
    name: str, ending: str, media_type: str, pieces: Iterable[str]
) -> StreamingHttpResponse:
    """Text in pieces as a file to save, like "Heading Home Hennepin history" with ending "csv"."""
    response = StreamingHttpResponse(
        (piece.encode() for piece in pieces), content_type=f"{media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)[:80]}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def csv_download(name: str, pieces: Iterable[str]) -> StreamingHttpResponse:
    """CSV text as a file, marked as UTF-8 so that spreadsheet programs read accents right."""

    def marked() -> Iterable[str]:
        yield "\ufeff"
        yield from pieces

    return download(name, "csv", "text/csv", marked())
