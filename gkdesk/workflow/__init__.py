"""What a reviewer does, step by step; the only place that puts the spokes together. No Qt."""
