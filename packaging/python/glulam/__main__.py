"""``python -m glulam`` is the command."""

from glulam._command import main

main()
