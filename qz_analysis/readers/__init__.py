"""Files as they come (text, web pages, Word, RTF, PDF, archives) go in; documents come out: a text and where it is from, or an error.

Start at `read`; each part is imported where it is used, since some need libraries that are heavy or optional.
"""
