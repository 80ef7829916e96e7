"""Invented registers, reports and meetings for trials, marked so everywhere."""
