"""What changes the records of an agreement."""
