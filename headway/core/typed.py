"""What somebody typed, apart from the forms that read it: the gate keeps it and knows no form."""

from django.http import QueryDict


class TypedBefore(QueryDict):
    """What somebody typed before their sign-in ended: a form shows it and never carries it out."""
