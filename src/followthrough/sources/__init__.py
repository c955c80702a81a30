"""Where figures come from: providers as data, connectors that read their answers, and an archive of what was said."""
