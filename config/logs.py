"""Logs without people: no query strings, no sign-in tokens, no words of an exception, no values of its frames."""

import logging
import re
import traceback
from types import TracebackType

QUERY = re.compile(r"\?[^\s\"']*")
TOKEN = re.compile(r"(/ienakt/reizi/)[^\s/\"']+")


class QuietFormatter(logging.Formatter):
    """Time, level, logger, message. Of an exception its kind and its places: its text may quote a person's data."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub(r"\1…", QUERY.sub("?…", super().format(record)))

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*places, kind.__name__ if kind else ""])
