"""One field that finds places, indicators, tasks, documents, agencies and organisations."""
