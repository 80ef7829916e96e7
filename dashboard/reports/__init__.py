"""Word, PowerPoint, Excel and PDF from the same plain values as the screen; offline, in their own process."""
