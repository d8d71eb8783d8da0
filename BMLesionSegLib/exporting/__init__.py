"""Results out: segmentations, tables, pictures, records; written whole or not at all."""
