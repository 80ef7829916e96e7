"""From rows of cells to tables with our columns."""
