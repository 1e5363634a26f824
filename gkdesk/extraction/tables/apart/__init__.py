"""Tables of texts that give figures apart from their labels: column after column, or one a line."""
