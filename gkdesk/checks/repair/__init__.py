"""Finding the cells that a report's identities blame, and the figures that would make them right."""
