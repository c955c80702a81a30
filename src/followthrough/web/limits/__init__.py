"""How often one subject may do one thing, counted in the database."""
