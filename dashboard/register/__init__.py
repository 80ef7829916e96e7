"""Organisations, communes, ratings, persons, worklist."""
