"""What gunicorn serves: dashboard.server:server."""

import sys

from dashboard.app import LivePages, create_app
from dashboard.db.import_file import APART
from models.config.instance import keep_private
from models.config.production import refuse_unsafe
from models.config.secret import secret_key
from models.config.settings import read_settings


def start() -> LivePages:
    """Build the application, or end the process with one sentence that names the wrong setting."""
    keep_private()
    try:
        settings = read_settings()
        refuse_unsafe(settings)
        if settings.secret_key:
            secret_key(settings)  # a weak one would otherwise fail at the first sign-in
    except ValueError as error:
        sys.exit(f"Không khởi động được. {error}")
    app = create_app(settings)
    app.server.config[APART] = True
    return app


app = start()
server = app.server
