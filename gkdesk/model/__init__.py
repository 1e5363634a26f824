"""Plain data that the spokes exchange; standard library only, no behaviour that reads files or shows anything."""
