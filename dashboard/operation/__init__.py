"""The trail and the state of the installation."""
