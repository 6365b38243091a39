"""Fill the cache with the runtime, for ``nox -s live``."""

import subprocess
import sys

from extensions.live.runtime import (
    VERSION,
    NotFetchedError,
    assemble,
    find_cache,
    is_complete,
)


def main() -> int:
    """Fill the cache unless it is complete; say what could not be fetched."""
    folder = find_cache()
    if not is_complete(folder):
        try:
            assemble(folder)
        except (NotFetchedError, OSError, subprocess.TimeoutExpired) as error:
            print(f"no live cells: {error}", file=sys.stderr)
            return 1
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"Pyodide {VERSION}, {size:,} bytes, is complete")
    return 0


if __name__ == "__main__":
    sys.exit(main())
