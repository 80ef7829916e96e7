"""Who asks, what they may do, and the trail of it."""
