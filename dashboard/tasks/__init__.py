"""Tasks, agencies, explanations, petitions, conclusions followed."""
