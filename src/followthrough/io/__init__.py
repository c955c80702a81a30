"""Reading and writing files: one way each for CSV, workbooks, atomic writes, bounded reads and child processes."""
