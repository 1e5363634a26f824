"""Readers: a file becomes Content. Nothing here knows the form."""
