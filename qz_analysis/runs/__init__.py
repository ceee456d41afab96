"""Runs over texts and folders: `tables` in memory, `run` into a folder of any size."""
