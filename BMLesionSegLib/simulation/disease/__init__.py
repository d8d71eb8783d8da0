"""Metastases: where, how many, how large, how hot."""
