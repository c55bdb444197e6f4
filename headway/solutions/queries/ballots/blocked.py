from dataclasses import dataclass


@dataclass(frozen=True)
class BlockedPage:
    """Something that is hidden until an instant; `solutions/blocked.html`."""

    title: str
    text: str
    when: str
    back_href: str
