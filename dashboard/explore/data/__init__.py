"""What explore asks of the database: one question a module, plain values out."""
