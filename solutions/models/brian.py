"""Brian2, imported so that the process stays as it was: the one place of the course that imports it.

On import Brian2 takes over uncaught errors ("encountered an unexpected error") and all warnings, and writes a log and a
copy of the running script into files. None of that is wanted in a notebook, in a test or on a command line. Who imports
Brian2 from here, and plainly after that, finds it quiet::

    from solutions.models.brian import brian2 as b2

It runs with numpy, so that nothing has to be compiled; with a C++ compiler ``b2.prefs.codegen.target = "cython"`` is
faster for large networks.
"""

import gc
import logging
import os
import sys

_before = sys.excepthook
import brian2  # noqa: E402
from brian2.utils.logger import BrianLogger, brian_excepthook  # noqa: E402

sys.excepthook = sys.__excepthook__ if _before is brian_excepthook else _before
logging.captureWarnings(False)
brian2.prefs.codegen.target = "numpy"

if BrianLogger.file_handler is not None:
    logging.getLogger("brian2").removeHandler(BrianLogger.file_handler)
    BrianLogger.file_handler.close()
    BrianLogger.file_handler = None
for _left in filter(None, (BrianLogger.tmp_log, BrianLogger.tmp_script)):
    os.remove(_left)
BrianLogger.tmp_log = BrianLogger.tmp_script = None

logging.getLogger("brian2").setLevel(logging.INFO)  # else it writes a record of each line of code it makes, for nobody

# Brian2 looks for garbage before each run. Among all that is loaded by now it finds none, and takes as long as the run.
gc.collect()
gc.freeze()

# What a misreading does wrong is the verdict's to say.
brian2.BrianLogger.suppress_hierarchy("brian2.codegen.generators.base")
brian2.BrianLogger.suppress_name("unused_brian_object")

__all__ = ["brian2"]
