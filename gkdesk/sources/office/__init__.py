"""Files of word processors and spreadsheets, today's and those of old programs."""
