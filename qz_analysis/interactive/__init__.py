"""What a person uses with eyes and hands: claims as they show themselves, the explorer and the reviewer in JupyterLab."""
