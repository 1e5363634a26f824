"""What stands on a drawn page, whatever drew it: words, ruled lines, and the grids and columns they form."""
