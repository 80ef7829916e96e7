"""What the columns of a table are beside plain ones: ticks under a heading, doubles, a second table at the side."""
