"""How far a place is from a promise: pure arithmetic over plain values."""
