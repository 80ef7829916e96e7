"""What is measured, against what, and how: `python -m benchmarks.run`. Loopback only, own ports, own database."""
