"""The official workbook, and reading it back."""
