"""The figures of the site, one module for each kind of figure."""
