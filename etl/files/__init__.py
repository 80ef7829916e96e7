"""From bytes to rows of cells, in a process with limits."""
