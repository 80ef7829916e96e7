"""What a file says that nobody knows yet: asked once each, with proposals, and what was answered."""
