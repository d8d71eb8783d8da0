"""Simulated scans held against published statistics."""
