"""What lies over the print of a page and is none of it: taken off before it is read."""
