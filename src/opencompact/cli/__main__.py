"""`python -m opencompact.cli`: the same as the command `opencompact`."""

from opencompact.cli import main

main()
