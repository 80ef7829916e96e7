"""Every table of the project, imported once so that the metadata is whole."""

# ruff: noqa: F401
# mypy: implicit-reexport

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel

from models.accounts.account import AccessToken, Account, AccountGrant, AccountSession, FailedSignIn, RecoveryCode
from models.accounts.approval import PendingChange
from models.accounts.sent_form import SentForm
from models.accounts.trail import TrailEntry
from models.base.kept_answer import KeptAnswer
from models.base.named import RunOrganization
from models.base.source import ReferenceChange, Run, SourceFile
from models.places.agency import Agency, AgencySuccession, GroupMember
from models.places.commune import Commune, CommuneSuccession, SpellingDecision
from models.places.place import Place, PlaceSuccession, PlaceTitle
from models.register.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    PairDecision,
    Rating,
    WorklistStep,
    YearReport,
)
from models.register.unread import UnreadValue
from models.targets.indicator import Indicator, ThresholdSet
from models.targets.observation import Observation, SeriesBreak, SeriesJudgement
from models.targets.official import OfficialValue, Remark
from models.targets.programme import Programme, QualitativePromise, Target
from models.targets.programme_text import ProgrammeText
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.tasks.meeting import AgendaItem, Conclusion, Job, Meeting, Paper
from models.tasks.task import Task

metadata = SQLModel.metadata


def mapped_classes(base: type[SQLModel] = SQLModel) -> list[type[Any]]:
    """Every class that stands for a table, in the order in which they were declared."""
    of_base = base.__subclasses__()
    return [c for child in of_base for c in ([child] if "__table__" in vars(child) else []) + mapped_classes(child)]
