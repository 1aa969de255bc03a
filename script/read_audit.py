"""Read what pip-audit found and say it in a line; fail only for a hole that its service really named."""

import json
import sys
from pathlib import Path


def main(file: str) -> int:
    """Print the verdict; 1 when a package we install has a published hole."""
    try:
        packages = json.loads(Path(file).read_text(encoding="utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        print("    its service did not answer; skipped")
        return 0
    holes = [f"{each['name']} {each['version']}: {hole['id']}" for each in packages for hole in each.get("vulns", ())]
    known = sum("skip_reason" not in each for each in packages)
    print(f"    {known} of {len(packages)} packages were known to its service; {len(holes)} known holes")
    for hole in holes:
        print(f"    {hole}")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
