"""The floors' server: python -m bench.serve_floors PORT WORKERS"""

import sys

from config.web import serve

if __name__ == "__main__":
    serve("bench.floors:application", host="127.0.0.1", port=int(sys.argv[1]), workers=int(sys.argv[2]))
