"""Places, agencies, communes."""
