"""What pages are made of: elements, words, tables, marks, form fields, pictures."""
