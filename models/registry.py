"""Every table of the project, imported once so that the metadata is whole."""

from sqlmodel import SQLModel

from models.agency import Agency, AgencySuccession
from models.commune import Commune, CommuneSuccession, SpellingDecision
from models.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.indicator import Indicator, ThresholdSet
from models.meeting import AgendaItem, Conclusion, Job, Meeting, Paper
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
    "AgendaItem",
    "Commune",
    "CommuneSuccession",
    "Conclusion",
    "ExplanationRequest",
    "Indicator",
    "Job",
    "Meeting",
    "Observation",
    "OfficialValue",
    "Organization",
    "OrganizationDetail",
    "OrganizationPerson",
    "OrganizationState",
    "PairDecision",
    "Paper",
    "Petition",
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
    "TaskProduct",
    "TaskReport",
    "TaskTrigger",
    "ThresholdSet",
    "WorklistStep",
    "YearReport",
    "metadata",
]
