"""Whether an example was loaded before."""

from django.utils.text import slugify

from headway.accounts.models import Authority
from headway.initiatives.models import Initiative


def opened_before(authority: Authority, title: str) -> Initiative | None:
    """The initiative that was opened under this title, whatever it is called by now."""
    slug = slugify(title)[:50].strip("-")
    return Initiative.objects.in_authority(authority).filter(slug=slug).first()
