"""The static edition: the public pages and their data as files that need no server, and the register in them."""
