"""Item models: what the views show, without a window."""
