"""The same gradient in other libraries, and what each does differently.

The files ``in_*.py`` are quoted by a page, but most of their libraries are
not installed where the site is built: ``nox -s peers`` runs them.
"""
