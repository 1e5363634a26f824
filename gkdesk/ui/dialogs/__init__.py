"""Dialogs that are asked for by an action."""
