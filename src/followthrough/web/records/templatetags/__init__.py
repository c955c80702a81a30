"""Tags of templates that lead to the forms for records."""
