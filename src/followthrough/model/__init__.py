"""The values that the pipeline hands over, and the words and forms they are written in."""
