"""Print the system packages that printing needs and this machine lacks, one a line; exits 1 when there are any.

The judgement is the application's own: libraries by opening them, the font by its glyphs.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from documents.printing import missing_packages

if __name__ == "__main__":
    lacking = missing_packages()
    for package in lacking:
        print(package)
    sys.exit(1 if lacking else 0)
