"""The gamma camera: projection, motion, blur, noise, matrix."""
