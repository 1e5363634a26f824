"""OFD (GB/T 33190): the container, its text and drawing, and pictures of its pages."""
