"""The module without Qt: scans, segmentations, runs, review and views in the MRML scene."""
