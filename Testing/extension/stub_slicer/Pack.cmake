# Slicer packs what is installed.
