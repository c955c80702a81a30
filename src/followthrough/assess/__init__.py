"""What evidence amounts to: coverage, grades, targets, money, the project cycle, lineage. Values in, values out."""
