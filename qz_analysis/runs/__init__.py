"""Extracts a folder of any size into tables in a folder, going on where it was stopped.

Start at `run`; what one document gives is the business of `tables`.
"""
