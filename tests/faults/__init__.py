"""Faults that the build or a test must catch, and a small project to try them."""
