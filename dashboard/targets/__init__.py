"""Promises held against values: overview, places, indicators, method, charts."""
