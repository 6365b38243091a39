"""Why a cell runs only in the build: the tags, and what a reader is told."""

REASONS = {
    "not-live-warnings": "a browser gives no floating-point warnings.",
    "not-live-integers": "default integers have 32 bits in a browser.",
    "not-live-memory": "the array is too large for a browser.",
    "not-live-numpy": "it needs a newer NumPy than the one for browsers.",
    "not-live-packages": "a browser loads no SciPy and no scikit-learn.",
    "not-live-pandas": "it needs a newer pandas than the one for browsers.",
    "not-live-processes": "a browser starts no processes and no threads.",
    "not-live-rounding": "it prints rounding errors, which differ in a browser.",
}
# A cell that cannot run still runs silently if a later cell needs it, except these.
SKIPPED = {"not-live-memory", "not-live-processes"}
