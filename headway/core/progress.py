"""Long work shows how far it is: a partial that the page asks for again every two seconds."""

from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from headway.core.errors import Message


@dataclass(frozen=True)
class Progress:
    """How far a job is; `href` answers with the partial, `result_href` leads to what came of it."""

    title: Message
    words: Message
    href: str
    done: int = 0
    total: int = 0
    finished: bool = False
    failed: bool = False
    result_href: str = ""
    result_label: Message = ""

    @property
    def tag(self) -> str:
        """Changes exactly when something that the reader sees has changed."""
        seen = (self.title, self.words, self.done, self.total, self.finished, self.failed)
        return '"' + sha256(repr([str(part) for part in seen]).encode()).hexdigest()[:20] + '"'

    @property
    def state(self) -> str:
        """The state mark's name."""
        if self.failed:
            return "late"
        return "done" if self.finished else "under_way"


def progress_partial(request: HttpRequest, progress: Progress) -> HttpResponse:
    """The partial, or 304 where the page shows it already."""
    response: HttpResponse
    if request.headers.get("If-None-Match") == progress.tag:
        response = HttpResponseNotModified()
    else:
        response = render(request, "core/parts/progress.html", {"progress": progress})
    response["ETag"] = progress.tag
    response["Cache-Control"] = "no-store"
    return response
