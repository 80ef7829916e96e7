"""The one door to the database: every module here answers one question with plain values."""
