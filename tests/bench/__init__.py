"""What ``nox -s bench`` measures, for the pages to draw."""
