"""What every test may use. The shared cast (the bloc of seven, its people and their year) is in tests/cast.py."""

import importlib.util

# The cast is a plain module of fixtures; naming it here makes them known everywhere.
pytest_plugins = ["tests.cast"] if importlib.util.find_spec("tests.cast") else []
