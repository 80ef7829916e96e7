"""What only lists need of the importers: of organisations, and of the offices that a collective name means."""
