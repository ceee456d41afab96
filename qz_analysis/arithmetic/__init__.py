"""Claims go in, relations come out: which figures the words tie together, and whether they add up."""
