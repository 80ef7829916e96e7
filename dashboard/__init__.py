"""How it is shown: rooms by subject, each with pages, parts and data over plain values."""
