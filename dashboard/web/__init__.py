"""How every request is answered, whatever it asks."""
