"""The words that the package knows: text registries, their rules, and the words of the session."""
