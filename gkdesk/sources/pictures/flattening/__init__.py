"""How a page lies in its picture, and the page laid straight and flat by it."""
