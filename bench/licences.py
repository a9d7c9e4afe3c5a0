"""Licences of what we depend on, and whether they fit a product under the EUPL-1.2."""

import re
from importlib.metadata import Distribution

FITTING = frozenset({
    # permissive: they ask for their notice to be kept
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
    # reciprocal, and either named in the EUPL's appendix or limited to their own files
    "EUPL-1.2", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0",
})  # fmt: skip
CLASSIFIED = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
}
READ_BY_US = {"pypdfium2": "BSD-3-Clause AND Apache-2.0"}
"""Where the metadata says something that is no expression: read from the package's own files."""


def licence(found: Distribution) -> str:
    """The SPDX expression of a distribution: as declared, else from its licence field, else from its classifiers."""
    said = found.metadata.get("License-Expression") or READ_BY_US.get(found.name)
    if said:
        return said
    field = (found.metadata.get("License") or "").strip()
    if field in FITTING - {"BSD"}:
        return field
    classifiers = found.metadata.get_all("Classifier") or []
    names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]
    known = [CLASSIFIED.get(name, name) for name in names if name != "OSI Approved"]
    return " OR ".join(known) or field or "unknown"


def fits(expression: str) -> bool:
    """Every part joined by AND has an alternative that fits."""
    return all(
        any(one.strip(" ()") in FITTING for one in re.split(r"\sOR\s", part))
        for part in re.split(r"\sAND\s", expression)
    )
