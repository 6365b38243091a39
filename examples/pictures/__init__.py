"""Every figure of the site: the drawing kit, and one module per picture."""
