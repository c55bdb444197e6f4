"""The report of an initiative: the story in numbers and words, what failed included."""

from headway.site.queries.report.page import ReportPage, report_page, report_paper

__all__ = ["ReportPage", "report_page", "report_paper"]
