"""Input and output of files: CSV, workbooks, atomic writes, bounded reads and child processes."""
