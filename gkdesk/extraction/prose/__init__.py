"""The running text: its sections, and the figures in it that repeat the tables."""
