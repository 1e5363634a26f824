"""Scans, photographs and pictures of tables: laid straight, ruled, cut into cells and recognised."""
