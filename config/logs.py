"""Logs without people: no query strings, no sign-in tokens, no words of an exception, no values of its frames.

Each line of a request bears the request's id, which its answer has in X-Request-ID. CELABIEDRS_LOG=json: one JSON
object a line.
"""

import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from types import TracebackType

from django.http import HttpRequest
from django.http.response import HttpResponseBase

QUERY = re.compile(r"\?[^\s\"']*")
TOKEN = re.compile(r"(/ienakt/reizi/)[^\s/\"']+")
Answer = Callable[[HttpRequest], HttpResponseBase]
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_request: ContextVar[str] = ContextVar("request", default="")


class RequestIds:
    """An id of our own for each request: no visitor chooses what stands in our log."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _request.set(secrets.token_hex(6))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = _request.get()
            return response
        finally:
            _request.reset(token)


class QuietFormatter(logging.Formatter):
    """Time, level, logger, request, message. Of an exception its kind, its places and the numbers of database and
    system (SQLSTATE, errno): its text may quote a person's data."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        said = TOKEN.sub(r"\1…", QUERY.sub("?…", super().format(record)))
        return f"{said} [{_request.get()}]" if _request.get() else said

    def formatException(self, ei: Raised) -> str:
        kind, error, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*places, " ".join([kind.__name__ if kind else "", *_numbers(error)])])


class JsonFormatter(QuietFormatter):
    """The same for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": TOKEN.sub(r"\1…", QUERY.sub("?…", record.getMessage())),
        }
        if _request.get():
            line["request"] = _request.get()
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _numbers(error: BaseException | None) -> Iterator[str]:
    """SQLSTATE and errno of an error and of what caused it."""
    while error is not None:
        state, number = getattr(error, "sqlstate", None), getattr(error, "errno", None)
        if isinstance(state, str):
            yield f"SQLSTATE {state}"
        if isinstance(number, int):
            yield f"errno {number}"
        error = error.__cause__
