"""The laws of docs/indexing/equivalents.md."""

import numpy as np

from tests.laws.cases import matrices_and_labels, read_labels
from tests.laws.proof import proved


def test_law_mask_of_labels():
    proved(
        matrices_and_labels(),
        read_labels,
        lambda x, y: x[y[:, np.newaxis] == np.arange(x.shape[1])],
        lambda x, y: x.T[np.arange(x.shape[1])[:, np.newaxis] == y],  # by class
        lambda x, y: x[:, np.isin(np.arange(x.shape[1]), y)].ravel(),
    )
