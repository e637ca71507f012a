"""`python -m studyguide` is the command."""

from studyguide.cli import run

run()
