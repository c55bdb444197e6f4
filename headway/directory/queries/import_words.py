"""What is said to people about each problem of a file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from headway.directory.formats.problem import Code, Problem

WORDS: dict[Code, Promise] = {
    "binary": _("This is no text file. Save the table as CSV (comma separated) and choose that."),
    "broken_json": _("From here on it cannot be read as JSON. Check for a missing comma or quote."),
    "broken_row": _("The row cannot be read. Look for a quotation mark that is never closed."),
    "broken_sign": _("It holds a sign that cannot be kept: “%(value)s”. Type the cell again."),
    "client_column": _(
        "The column “%(column)s” looks like data about clients (birth dates, social-security or "
        "client numbers). Headway keeps none. Take the column out and choose the file again."
    ),
    "client_value": _("A cell looks like a social-security number. Take it out of the file."),
    "column_twice": _("The column “%(column)s” is there twice. Take one of them out."),
    "duplicate": _("Row %(value)s tells of the same one already. This row was left out."),
    "empty": _("The file is empty. Choose one with a heading and at least one row."),
    "encoding": _("The file was read as %(value)s. Look whether names with accents are right."),
    "ends_first": _("The end lies before the start (%(value)s). The dates were left as they are."),
    "identifiers_of_two": _(
        "Its identifiers belong to two organizations (%(value)s). Merge those if they are one."
    ),
    "missing_column": _(
        "There is no column “%(column)s”. The first row should be a heading like: %(value)s"
    ),
    "name_differs": _(
        "The file and the directory use different names (%(value)s). The directory's was kept; "
        "change it there if the new one is right."
    ),
    "no_name": _("There is no name. Enter one, or take the row out."),
    "no_such_area": _("There is no area “%(value)s”. Add the area first, or correct its name."),
    "no_such_id": _("Nothing in the file has the id “%(value)s”."),
    "no_such_organisation": _(
        "There is no organization “%(value)s”. Bring in the organizations first."
    ),
    "no_such_parent": _("There is no one organization “%(value)s” for it to be part of."),
    "not_a_date": _(
        "“%(value)s” is no date. Write it like 2006-11-28, 2006-11, 2006, autumn 2007 or c. 2016."
    ),
    "not_a_kind": _("“%(value)s” is no kind we know. Use organization, arena, body or network."),
    "not_a_list": _("“%(column)s” should be a list of objects."),
    "not_a_sector": _(
        "“%(value)s” is no sector we know. Use government, business, nonprofit, philanthropy, "
        "faith, education and research, health, residents or cross-sector."
    ),
    "not_a_text": _("%(value)s is no name. Write it as text in quotation marks: “St. Stephen's”."),
    "not_an_address": _("“%(value)s” is no web address. Write it like https://www.hennepin.us."),
    "not_an_email": _("“%(value)s” is no e-mail address. Write it like name@example.org."),
    "not_an_identifier": _(
        "“%(value)s” is no identifier. Write register and number: ein:41-6005801."
    ),
    "not_popolo": _("The file should be one JSON object with lists named: %(value)s."),
    "refused": _("It was not added: %(value)s"),
    "role_without_organisation": _(
        "“%(value)s” is a role, but the row names no organization. Name it, or take the role out."
    ),
    "several_areas": _("There are several areas “%(value)s”. Set the area on the page instead."),
    "several_organisations": _(
        "Several organizations may be meant by “%(value)s”. Give organization_id, or set it "
        "by hand."
    ),
    "several_people": _("Several people are called “%(value)s”. Add the e-mail address."),
    "too_long": _("The cell is too long (%(value)s characters). Shorten it."),
    "too_many_cells": _("The row has more cells than the heading: “%(value)s” was not read."),
    "unknown_column": _("The column “%(column)s” is not one of ours; it was not read."),
    "withdrawn": _("%(value)s was withdrawn from the directory. Restore it there first."),
    "workbook": _("This is a spreadsheet workbook. Save the sheet as CSV and choose that file."),
}


def problem_words(problem: Problem) -> str:
    """The place of a problem and what to do about it."""
    words = str(WORDS[problem.code]) % {"value": problem.value, "column": problem.column}
    place = problem_place(problem)
    return f"{place}: {words}" if place else words


def problem_place(problem: Problem) -> str:
    """Where a problem is: "Row 12, sector"."""
    if not problem.row:
        return ""
    row = str(_("Row %(row)s") % {"row": problem.row})
    return f"{row}, {problem.column}" if problem.column else row
