"""What a database may answer instead of rows, and who is too busy to look: what is said, its status, when again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from models.accounts.account_secrets import HashingBusyError
from models.base.database_words import AWAY, BUSY, FULL, READ_ONLY, TEMPORARY_FULL, UNOPENED, known

UNFITTING = (IntegrityError, DataError)  # it refused a row: what was sent points to nothing or does not fit
UNREACHABLE = (OperationalError, InterfaceError)  # whatever else these say: it cannot be reached or used
HASHING = "máy chủ đang kiểm tra nhiều mật khẩu cùng lúc. Chờ vài giây rồi làm lại"
SOON, LATER = 5, 30  # seconds after which it is worth trying again


NOT_READY = "Cơ sở dữ liệu chưa sẵn sàng. Thử lại sau ít phút; nếu vẫn lỗi, báo người quản trị."


class RightsUnknownError(LookupError):
    """Who asks and what they may do cannot be looked up; the cause is the database's own error."""


TROUBLES = (
    DBAPIError,
    PoolTimeoutError,
    RightsUnknownError,
    HashingBusyError,
)  # among them may be a mistake of ours: see trouble_of


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a reader is told. `again_after` in seconds; None where somebody must mend something first."""

    sentence: str = ""  # empty: nothing better is known than that the database is not ready
    status: int = 503
    again_after: int | None = None

    @property
    def is_unwritten(self) -> bool:
        """Whether a change certainly came to nothing; a connection lost at its end may have been too late."""
        return self.sentence in (BUSY, FULL, TEMPORARY_FULL, READ_ONLY, UNOPENED, HASHING)

    @property
    def said(self) -> str:
        """The sentence as it stands alone."""
        if not self.sentence:
            return NOT_READY
        return f"{self.sentence[0].upper()}{self.sentence[1:]}."


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What stands behind an error, when it is the database's trouble and no mistake of ours; None else."""
    if isinstance(error, RightsUnknownError):
        return trouble_of(error.__cause__) or Trouble()
    if isinstance(error, HashingBusyError):
        return Trouble(HASHING, again_after=SOON)
    if isinstance(error, PoolTimeoutError):
        return Trouble(BUSY, again_after=SOON)
    if not isinstance(error, DBAPIError):
        return None
    sentence = known(error)
    if sentence:
        return Trouble(
            sentence, 507 if sentence in (FULL, TEMPORARY_FULL) else 503, {BUSY: SOON, AWAY: LATER}.get(sentence)
        )
    return Trouble() if isinstance(error, UNREACHABLE) else None


class NotAcceptedError(Exception):
    """What was asked is not done; the message tells the reader all problems at once, `status` is the answer's."""

    status = 403
