"""What waits for who is signed in, at their places and agencies."""
