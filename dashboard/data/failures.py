"""What a database may answer instead of rows, as the pages tell it apart."""

from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError

AWAY = (OperationalError, InterfaceError)  # it cannot be reached, is locked or full: later it may work
UNFITTING = (IntegrityError, DataError)  # it refused a row: what was sent points to nothing or does not fit
