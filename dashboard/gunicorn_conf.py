"""How gunicorn serves us: one preloaded application, two workers of eight readers, own database links a worker."""

import gc
import os
from typing import Any

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8050')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "dashboard.worker.web_worker.BufferingWorker"  # threads of each kind of work, none for slow lines
worker_connections = 400  # a worker; with files and the database below the usual 1024 descriptors of a process
sendfile = False  # files leave as all answers do, so that a slow reader of one holds no thread
preload_app = True
timeout = 60
control_socket_disable = True
forwarded_allow_ips = (
    ""  # gunicorn itself believes no proxy: TRUSTED_PROXIES alone decides, see dashboard/access/headers.py
)


def when_ready(_server: Any) -> None:
    """Before the fork, what each worker would do again: let the tables find each other, load pandas, draw a figure."""
    import pandas  # noqa: F401

    from dashboard.db.read_session import relate_tables
    from dashboard.ui.live_figure import template
    from dashboard.ui.style_sheet import ColourScheme

    relate_tables()
    for scheme in ColourScheme:
        template(scheme)


def pre_fork(_server: Any, _worker: Any) -> None:
    """Leave what is loaded before the fork to be shared: a later collection would touch, and so copy, all of it."""
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """Give each worker connections of its own: those opened before the fork must not be shared."""
    from dashboard.db.import_file import keep_clearing
    from dashboard.server import app

    app.server.extensions["repository"].engine.dispose(close=False)
    keep_clearing(app.server)
