"""`python -m wgsearch.cli`, where the installed command is not on the path."""

from wgsearch.cli.app import main

main()
