"""`celabiedrs web`: the web server alone; any number of them may serve one PostgreSQL."""

import argparse
import os

from config.match import refused_match
from config.production import refused
from config.static import gather_static

THREADS = 4
"""Requests that one worker process serves at once, each with a database connection of its own."""


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    os.environ.setdefault("CELABIEDRS_MODE", "production")
    os.environ.setdefault("CELABIEDRS_POOL", str(THREADS + 1))
    if refused() or refused_match():
        return 1
    gather_static()
    serve("config.wsgi:application", host=options.host, port=options.port, workers=options.workers)
    return 0


def serve(application: str, *, host: str, port: int, workers: int) -> None:
    """Gunicorn with our options, until it is told to stop; whatever it is asked on its way out is answered."""
    from gunicorn.app.wsgiapp import WSGIApplication

    from celabiedrs.lib.supervisor import end_with_parent

    class Server(WSGIApplication):
        """Configured from here alone: no command line, no file, no environment."""

        def load_config(self) -> None:
            for name, value in _settings(application, host, port, workers).items():
                self.cfg.set(name, value)
            self.app_uri = application

    end_with_parent()
    os.environ["CELABIEDRS_PARENT"] = str(os.getpid())
    Server().run()


def _settings(application: str, host: str, port: int, workers: int) -> dict[str, object]:
    return {
        "wsgi_app": application,
        "bind": [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"],
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "backlog": 1024,
        "keepalive": 15,
        "graceful_timeout": 15,
        "loglevel": "warning",
        # whether a proxy is believed is said by CELABIEDRS_PROXY, to Django alone
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "control_socket_disable": True,
    }


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="celabiedrs web", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes")
    return parser.parse_args(arguments)
