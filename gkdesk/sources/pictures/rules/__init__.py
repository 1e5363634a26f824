"""Ruled lines of a scanned page, and the columns that are told with or without them."""
