"""What the site adds to Sphinx; one short file for each thing a reader gets."""
