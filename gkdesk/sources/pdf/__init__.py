"""PDF: characters and rules by PDFium, a second reading by pypdf, what is seen of it, and pages that are pictures."""
