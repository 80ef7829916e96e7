"""Lets the command line be started by `python -m etl`."""

import sys

from etl.commands.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
