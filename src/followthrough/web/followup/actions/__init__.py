"""What is done in a reporting cycle: each with permission and an audit event in the same transaction."""
