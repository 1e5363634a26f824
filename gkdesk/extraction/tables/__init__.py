"""Tables of the form found in a content: which row and column is which, and what proves it."""
