from headway.measures.models.measure import (
    USUAL_FLOOR,
    Headline,
    Measure,
    MeasureOwner,
    Target,
)
from headway.measures.models.reading import Reading, ReadingCell, ReadingsFile, Series

__all__ = [
    "USUAL_FLOOR",
    "Headline",
    "Measure",
    "MeasureOwner",
    "Reading",
    "ReadingCell",
    "ReadingsFile",
    "Series",
    "Target",
]
