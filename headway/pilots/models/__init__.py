from headway.pilots.models.decided import Decision, Result, Tried
from headway.pilots.models.pilot import Design, Pilot, PilotFinding, Prediction
from headway.pilots.models.results import ResultsFile
from headway.pilots.models.review import (
    FollowUp,
    Lesson,
    LessonCase,
    Review,
    ReviewDraft,
    ReviewParticipant,
    SealedTelling,
    Telling,
)
from headway.pilots.models.small_test import SmallTest

__all__ = [
    "Decision",
    "Design",
    "FollowUp",
    "Lesson",
    "LessonCase",
    "Pilot",
    "PilotFinding",
    "Prediction",
    "Result",
    "ResultsFile",
    "Review",
    "ReviewDraft",
    "ReviewParticipant",
    "SealedTelling",
    "SmallTest",
    "Telling",
    "Tried",
]
