"""What a researcher uses in Jupyter: claims that show themselves, the explorer and the reviewer."""
