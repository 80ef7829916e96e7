"""Tasks, deadlines, follow-up, meetings."""
