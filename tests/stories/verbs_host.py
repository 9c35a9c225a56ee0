"""Runs verbs, each in a process of its own that is forked from this one: the program is loaded only once.

One line in, {"words", "given"}; one line out, {"code", "out", "err"}.
"""

import io
import json
import os
import sys
import tempfile

from posapp.cli import verbs
from posapp.cli.main import main


def run(words, given):
    """Run one verb as a process; gives its code and what it wrote."""
    with tempfile.TemporaryFile() as reads, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reads.write(given.encode())
        reads.seek(0)
        child = os.fork()
        if child == 0:
            for at, file in enumerate((reads, out, err)):
                os.dup2(file.fileno(), at)
            sys.stdin, sys.stdout, sys.stderr = (
                io.TextIOWrapper(os.fdopen(at, mode, closefd=False), "utf-8")
                for at, mode in enumerate(("rb", "wb", "wb"))
            )
            code = main(words)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out.seek(0)
        err.seek(0)
        return {"code": code, "out": out.read().decode(), "err": err.read().decode()}


if __name__ == "__main__":
    for name in verbs.PLACES:
        verbs.load(name)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(**json.loads(line))) + "\n")
        sys.stdout.flush()
