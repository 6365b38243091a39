"""Rows over the processes of a Dask cluster give what one machine gives."""

import os
from contextlib import contextmanager

import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

from examples.chunked import compute_by_rows
from examples.libraries.dask_rows import compute_on_local_cluster, compute_over_workers


def make_layer() -> tuple:
    """Return inputs, weights, bias and labels."""
    rng = np.random.default_rng(0)
    A, W, b = (rng.normal(size=size) for size in ((50, 8), (8, 20), 20))
    return A, W, b, rng.integers(20, size=50)


def assert_same(found, given):
    """Compare with the whole batch on one machine."""
    whole = compute_by_rows(*given, rows=len(given[0]))
    wanted = (whole.loss, whole.dW, whole.db)
    for left, right in zip(found, wanted, strict=True):
        np.testing.assert_allclose(left, right, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("workers", [2, 3])
def test_a_local_cluster_gives_the_whole_gradient(workers):
    given = make_layer()
    assert_same(compute_on_local_cluster(*given, workers), given)


@contextmanager
def cluster_of_two():
    """Yield the client of a cluster of two processes."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        yield client


def test_each_part_stays_with_one_of_several_processes():
    A, W, b, labels = given = make_layer()
    with cluster_of_two() as client:
        pids = set(client.run(os.getpid).values())
        assert len(pids) == 2
        assert os.getpid() not in pids
        rows = np.array_split(A, 2), np.array_split(labels, 2)
        parts = client.scatter(list(zip(*rows, strict=True)))
        assert_same(compute_over_workers(client, parts, W, b), given)
        holders = client.who_has(parts).values()
        assert len({holder for (holder,) in holders}) == 2


def test_each_worker_can_read_its_own_rows(tmp_path):
    A, W, b, labels = given = make_layer()
    rows = np.array_split(A, 2), np.array_split(labels, 2)
    names = [tmp_path / f"{n}.npz" for n in range(2)]
    for name, part, y in zip(names, *rows, strict=True):
        np.savez(name, part, y)

    def load(name):
        return tuple(np.load(name).values())

    with cluster_of_two() as client:
        assert_same(compute_over_workers(client, client.map(load, names), W, b), given)
