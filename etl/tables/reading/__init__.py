"""From the sheets of a file to filled tables."""
