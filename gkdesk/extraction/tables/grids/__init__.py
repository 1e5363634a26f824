"""Grids as they come: with headers torn, cells repeated, turned round, or split into several tables."""
