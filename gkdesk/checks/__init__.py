"""Rules that look at a filled form and yield findings."""
