"""Cells that readers edit and run in their own browser, on NumPy for WebAssembly."""
