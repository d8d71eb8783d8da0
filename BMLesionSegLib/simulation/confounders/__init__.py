"""What is not metastatic: benign foci, benign bone diseases, metal."""
