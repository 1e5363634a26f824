"""Where the frozen program starts."""

import multiprocessing
import sys

from gkdesk.__main__ import main

if __name__ == "__main__":
    # A process that reads files is this program once more, which must not open another window.
    multiprocessing.freeze_support()
    sys.exit(main())
