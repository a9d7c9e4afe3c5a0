"""The access matrix in one line at the end of a run, whichever processes walked it."""

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    counted = [
        dict(report.user_properties)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
    ]
    cells = sum(row.get("matrix_cells", 0) for row in counted)
    if cells:
        leaks = sum(row.get("matrix_leaks", 0) for row in counted)
        terminalreporter.write_line(f"matrix: {cells} cells, {leaks} leaks")
