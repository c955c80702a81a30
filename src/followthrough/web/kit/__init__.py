"""What every app stands on: lists, downloads, forms, addresses, ids and the tags of the templates."""
