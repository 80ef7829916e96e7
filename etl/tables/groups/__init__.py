"""Rows of a list that speak of several organisations: found, held against sums, their words lent to the rows below."""
