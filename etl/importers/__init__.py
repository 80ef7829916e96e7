"""One module a kind of fact: from reviewed rows to table rows. Pure: nothing here opens a database."""
