from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from headway.core.errors import Message, RuleError


def must_mean_one_each(
    mapping: Sequence[str], heading: Sequence[object], meanings: Mapping[str, Message]
) -> frozenset[str]:
    """The meanings that the columns of a table have, each given once.

    Raises:
        RuleError: where a column has none of them, or two have the same.

    """
    given = [name for name in mapping if name]
    if len(mapping) != len(heading) or not set(mapping) <= set(meanings):
        raise RuleError(_("Choose one meaning for each column of the file."))
    twice = sorted({name for name in given if given.count(name) > 1})
    if twice:
        name = meanings[twice[0]]
        raise RuleError(_("Give each meaning to one column; twice there is: %s.") % name)
    return frozenset(given)
