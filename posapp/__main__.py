"""Lets `python -m posapp` do what `posapp` does."""

import sys

from posapp.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
