"""Characters from ink: what stands in a cell or outside of the tables, and what proves a figure."""
