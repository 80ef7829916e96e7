"""The figures of all places in one tidy frame, for whoever explores them."""
