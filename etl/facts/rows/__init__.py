"""One module a kind of reviewed fact: from checked text to rows of tables."""
