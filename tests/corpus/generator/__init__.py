"""Makes fictional annual reports in the formats and habits met in the wild; the same seed gives the same report."""
