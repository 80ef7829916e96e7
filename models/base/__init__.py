"""Engine, facts, runs, bulk, plain helpers."""
