"""What leaves the library: readings in the formats that others take."""
