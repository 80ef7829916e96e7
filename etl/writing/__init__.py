"""What a checked file changes: compared, guarded, written, and told before and after."""
