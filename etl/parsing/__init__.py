"""One cell: numbers, dates, codes, units, text, problems."""
