"""gunicorn's settings for the yardsticks: those of the product, without its fork hook."""

from dashboard.gunicorn_conf import (
    bind,
    control_socket_disable,
    preload_app,
    threads,
    timeout,
    worker_class,
    workers,
)

__all__ = ["bind", "control_socket_disable", "preload_app", "threads", "timeout", "worker_class", "workers"]
