"""What came out of a season: how many rows went in, which were refused and why, and what each employer pays."""

import json
import os
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from rehearsal.season.files import COLUMNS


@dataclass
class Report:
    """`refused` by file and row; `pay` by employer and month, in the order of institutions.csv."""

    plans: int = 0
    meetings: int = 0
    refused: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    pay: list[tuple[str, str, int, Decimal]] = field(default_factory=list)
    unpaid: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def refuse(self, name: str, row: int, clauses: list[str]) -> None:
        self.refused[f"{name}.csv", row] = sorted(set(clauses))

    def text(self) -> str:
        """The same bytes for the same season: rows in the order of the files, two spaces, one last newline."""
        order = list(COLUMNS)
        refused = sorted(self.refused.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
        content = {
            "accepted": {"plans": self.plans, "meetings": self.meetings},
            "refused": [{"file": name, "row": row, "clauses": clauses} for (name, row), clauses in refused],
            "pay": [
                {"employer": employer, "month": month, "hours": hours, "amount": f"{amount:.2f}"}
                for employer, month, hours, amount in self.pay
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def write(self, path: Path) -> None:
        """Whole or not at all."""
        making = path.with_name(path.name + ".new")
        making.write_text(self.text(), "utf-8", newline="\n")
        os.replace(making, path)
