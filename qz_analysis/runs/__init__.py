"""A folder of files, however large, goes in; the tables in a folder come out, and a run that was stopped goes on where it stopped.

Start at `batches`; what one document gives is `gathering`'s business.
"""
