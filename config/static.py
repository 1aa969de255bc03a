"""Which static files are made ready for serving: ours, and of Bootstrap only what the pages load."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Leave out the other builds of Bootstrap: nothing loads them, and compressing them costs a minute."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap-*",
        "bootstrap.css*",
        "bootstrap.rtl.*",
        "bootstrap.*js*",
        "version.txt",
    ]
