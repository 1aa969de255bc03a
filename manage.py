#!/usr/bin/env python
"""The door to every command of the project."""

import os
import sys


def renamed(arguments: list[str]) -> list[str]:
    """Let `import_criteria --settings FILE` name its second file: Django would take it for a settings module."""
    if arguments[1:2] != ["import_criteria"]:
        return arguments
    return [
        word.replace("--settings", "--settings-file", 1) if word.partition("=")[0] == "--settings" else word
        for word in arguments
    ]


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - settings must be named first

    execute_from_command_line(renamed(sys.argv))


if __name__ == "__main__":
    main()
