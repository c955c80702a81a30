"""What people do in a round of rating, each with its audit event; a file a noun."""
