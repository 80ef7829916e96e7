"""What gunicorn serves: dashboard.server:server."""

import sys

from dashboard.app import ReadableDash, create_app
from models.production import refuse_unsafe
from models.settings import read_settings


def start() -> ReadableDash:
    """Build the application, or end the process with one sentence that names the wrong setting."""
    try:
        settings = read_settings()
        refuse_unsafe(settings)
    except ValueError as error:
        sys.exit(f"Không khởi động được. {error}")
    return create_app(settings)


app = start()
server = app.server
