from headway.measures.forms.files import FileForm, MappingForm
from headway.measures.forms.measure import (
    FloorForm,
    HeadlineForm,
    MeasureForm,
    MoverForm,
    TargetForm,
)
from headway.measures.forms.reading import (
    FirstForm,
    ReadingForm,
    ReviseSeriesForm,
    SeriesForm,
    ShareForm,
)

__all__ = [
    "FileForm",
    "FirstForm",
    "FloorForm",
    "HeadlineForm",
    "MappingForm",
    "MeasureForm",
    "MoverForm",
    "ReadingForm",
    "ReviseSeriesForm",
    "SeriesForm",
    "ShareForm",
    "TargetForm",
]
