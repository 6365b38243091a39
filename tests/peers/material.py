"""All that is compared, by peer; each peer is asked once."""

import functools
import warnings
from collections.abc import Callable

from tests.peers import (
    from_jax,
    from_pytorch,
    from_pytorch_samples,
    from_scikit_learn,
    from_scipy,
)
from tests.peers.case import Case, Deviation, Refusal

PEERS = {
    "PyTorch": (*from_pytorch_samples.SOURCES, *from_pytorch.SOURCES),
    "JAX": from_jax.SOURCES,
    "scikit-learn": from_scikit_learn.SOURCES,
    "SciPy": from_scipy.SOURCES,
}
SOURCES = [(peer, source) for peer, sources in PEERS.items() for source in sources]


@functools.cache
def collect_cases(source: Callable) -> list[Case | Deviation | Refusal]:
    """Return what a source yields; what a peer warns of is the peer's affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(source())
