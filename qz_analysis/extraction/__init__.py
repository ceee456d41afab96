"""A page goes in, claims come out: cleaned, split into reports, every number read with its words."""
