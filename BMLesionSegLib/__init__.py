"""Segmentation of metastases in whole-body bone scans. Research use only. Not a medical device."""

__version__ = "0.1.0"

RESEARCH_USE = "Research use only. Not a medical device."
