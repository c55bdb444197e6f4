"""Numbers as people of the page's language write them."""

from decimal import Decimal

from django.utils.formats import number_format


def number_words(value: Decimal | int) -> str:
    """A number without empty decimals, thousands set apart: 25,000 or 2.5."""
    plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    _whole, _point, decimals = plain.partition(".")
    return number_format(value, decimal_pos=len(decimals), force_grouping=True)
