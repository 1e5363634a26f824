"""Columns of tables in text: by the words of their header and by where figures stand on the line."""
