"""What people do to drafts and to what they become, each with its audit event; a file a noun."""
