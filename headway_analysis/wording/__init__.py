"""No-blame wording: phrases that judge a person or close a question, and what to ask instead."""

from headway_analysis.wording.flags import Flag, Kind
from headway_analysis.wording.wording import check, speaks

__all__ = ["Flag", "Kind", "check", "speaks"]
