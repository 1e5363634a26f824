"""Web pages, saved ones too, and what their styles let a reader see."""
