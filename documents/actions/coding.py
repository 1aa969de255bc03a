"""The code that an issued paper carries at its foot."""

import secrets

from documents.papers.mark import ALPHABET, CODE_LENGTH


def new_code() -> str:
    """A code nobody can guess: 12 of 31 letters and figures (59 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
