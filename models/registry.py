"""Every table of the project, imported once so that the metadata is whole."""

from sqlmodel import SQLModel

from models.account import AccessToken, Account, AccountGrant, AccountSession, FailedSignIn, RecoveryCode
from models.agency import Agency, AgencySuccession
from models.approval import PendingChange
from models.commune import Commune, CommuneSuccession, SpellingDecision
from models.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.indicator import Indicator, ThresholdSet
from models.meeting import AgendaItem, Conclusion, Job, Meeting, Paper
from models.named import RunOrganization
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
from models.trail import TrailEntry

metadata = SQLModel.metadata

__all__ = [
    "AccessToken",
    "Account",
    "AccountGrant",
    "AccountSession",
    "Agency",
    "AgencySuccession",
    "AgendaItem",
    "Commune",
    "CommuneSuccession",
    "Conclusion",
    "ExplanationRequest",
    "FailedSignIn",
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
    "PendingChange",
    "Petition",
    "Place",
    "PlaceSuccession",
    "PlaceTitle",
    "Programme",
    "QualitativePromise",
    "Rating",
    "RecoveryCode",
    "ReferenceChange",
    "Remark",
    "Run",
    "RunOrganization",
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
    "TrailEntry",
    "WorklistStep",
    "YearReport",
    "metadata",
]
