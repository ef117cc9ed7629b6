"""Brian2, imported so that the process stays as it was.

On import Brian2 takes over uncaught errors ("encountered an unexpected error") and all warnings, and writes a log and a
copy of the running script into files. A teacher's command line is no place for any of it. Beside a student's notebook
the file ``brian_preferences`` does the same.
"""

import logging
import os
import sys

_excepthook = sys.excepthook
import brian2  # noqa: E402
from brian2.utils.logger import BrianLogger  # noqa: E402

sys.excepthook = _excepthook
logging.captureWarnings(False)
brian2.prefs.codegen.target = "numpy"

if BrianLogger.file_handler is not None:
    logging.getLogger("brian2").removeHandler(BrianLogger.file_handler)
    BrianLogger.file_handler.close()
    BrianLogger.file_handler = None
for _left in filter(None, (BrianLogger.tmp_log, BrianLogger.tmp_script)):
    os.remove(_left)
BrianLogger.tmp_log = BrianLogger.tmp_script = None

# What a misreading does wrong is the verdict's to say.
brian2.BrianLogger.suppress_hierarchy("brian2.codegen.generators.base")
brian2.BrianLogger.suppress_name("unused_brian_object")

__all__ = ["brian2"]
