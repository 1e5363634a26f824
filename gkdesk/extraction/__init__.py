"""Content and the editions of the form become a filled form with provenance."""
