"""The floors' server: python -m bench.serve_floors PORT WORKERS"""

import os
import sys

from config.web import THREADS


def main() -> None:
    from granian import Granian
    from granian.constants import Interfaces

    from celabiedrs.lib.supervisor import end_with_parent

    end_with_parent()
    os.environ["CELABIEDRS_PARENT"] = str(os.getpid())
    Granian(
        "bench.floors:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(sys.argv[2]),
        blocking_threads=THREADS,
        backlog=1024,
        websockets=False,
        log_access=False,
        log_level="warning",
    ).serve()


if __name__ == "__main__":
    main()
