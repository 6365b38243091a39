"""The code that the pages quote and readers copy; one module, one idea."""
