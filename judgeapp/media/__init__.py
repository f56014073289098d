"""The only OpenCV: clips and outlines, read safely."""
