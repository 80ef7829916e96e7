"""Every table of the project, imported once so that the metadata is whole."""

from sqlmodel import SQLModel

from models.agency import Agency, AgencySuccession
from models.commune import Commune, CommuneSuccession, SpellingDecision
from models.indicator import Indicator, ThresholdSet
from models.observation import Observation, SeriesBreak, SeriesJudgement
from models.official import OfficialValue, Remark
from models.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    PairDecision,
    Rating,
    WorklistStep,
    YearReport,
)
from models.place import Place, PlaceSuccession, PlaceTitle
from models.programme import Programme, QualitativePromise, Target
from models.source import ReferenceChange, Run, SourceFile
from models.task import Task

metadata = SQLModel.metadata

__all__ = [
    "Agency",
    "AgencySuccession",
    "Commune",
    "CommuneSuccession",
    "Indicator",
    "Observation",
    "OfficialValue",
    "Organization",
    "OrganizationDetail",
    "OrganizationPerson",
    "OrganizationState",
    "PairDecision",
    "Place",
    "PlaceSuccession",
    "PlaceTitle",
    "Programme",
    "QualitativePromise",
    "Rating",
    "ReferenceChange",
    "Remark",
    "Run",
    "SeriesBreak",
    "SeriesJudgement",
    "SourceFile",
    "SpellingDecision",
    "Target",
    "Task",
    "ThresholdSet",
    "WorklistStep",
    "YearReport",
    "metadata",
]
