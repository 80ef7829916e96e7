"""How facts get in: read, check, load. Imports models, never the dashboard."""
