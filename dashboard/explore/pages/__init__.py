"""The page to explore."""
