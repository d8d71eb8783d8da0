"""How well lesions were found: pixels, lesions, contours, calibration, and how sure that is."""
