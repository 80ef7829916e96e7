"""Sources against each other, official figures, remarks, runs."""
