"""``python -m followthrough`` is the same as ``followthrough``."""

from followthrough.cli import main

main()
