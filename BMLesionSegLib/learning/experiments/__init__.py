"""The tables of the paper, and ours: many trainings, one row file each."""
