"""Every table of the project, imported once so that the metadata is whole."""

from sqlmodel import SQLModel

from models.agency import Agency, AgencySuccession
from models.indicator import Indicator, ThresholdSet
from models.observation import Observation, SeriesBreak, SeriesJudgement
from models.place import Place, PlaceSuccession, PlaceTitle
from models.programme import Programme, QualitativePromise, Target
from models.source import ReferenceChange, Run
from models.task import Task

metadata = SQLModel.metadata

__all__ = [
    "Agency",
    "AgencySuccession",
    "Indicator",
    "Observation",
    "Place",
    "PlaceSuccession",
    "PlaceTitle",
    "Programme",
    "QualitativePromise",
    "ReferenceChange",
    "Run",
    "SeriesBreak",
    "SeriesJudgement",
    "Target",
    "Task",
    "ThresholdSet",
    "metadata",
]
