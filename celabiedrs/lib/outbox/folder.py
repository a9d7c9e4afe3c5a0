"""Letters as files, where there is no mail host: for their owner's eyes alone, since some hold a way in."""

import os
from typing import Any

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's own, with a folder and files that no other account of the machine reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        os.chmod(self.file_path, 0o700)

    def open(self) -> bool:
        if self.stream is None:
            self.stream = os.fdopen(
                os.open(self._get_filename(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab"
            )
            return True
        return False
