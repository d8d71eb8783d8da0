"""Bone scans with truth: simulated or labelled, split by patient, counted."""
