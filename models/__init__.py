"""What is true: tables and arithmetic. This room imports nothing else of ours."""
