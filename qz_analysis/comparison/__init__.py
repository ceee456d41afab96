"""Claims and relations go in, a panel comes out: indicators side by side with their caveats."""
