"""Split the rows of a batch over the workers of a Dask cluster."""

import numpy as np

from examples.chunked import sum_over_rows


def compute_over_workers(client, parts, W, b):
    """Return the mean loss and its gradients, from parts of a batch.

    Parameters
    ----------
    client : dask.distributed.Client, or a concurrent.futures.Executor
        Any object with the method ``submit``.
    parts : list of (A, labels), or of Dask's futures of such pairs
        The rows of each part. The rows of a future stay on its worker.
    W, b : ndarrays of floats, shapes (d, K) and (K,), or their futures

    Returns
    -------
    loss : float
    dW : ndarray of floats, shape (d, K)
    db : ndarray of floats, shape (K,)

    Raises
    ------
    TypeError, ValueError
        The errors of `sum_over_rows`, raised on a worker.

    References
    ----------
    Chu et al., Map-Reduce for Machine Learning on Multicore (2006), the
    summation form.
    """
    futures = [client.submit(sum_part, part, W, b) for part in parts]
    sums = [future.result() for future in futures]
    loss, count, dW, db = map(sum, zip(*sums, strict=True))
    return loss / count, dW / count, db / count


def sum_part(part, W, b):
    """Return what a worker sends: the sums of the loss, count, dW and db.

    A worker would keep the gradient with respect to its own rows, for
    the layer below.
    """
    A, labels = part
    return sum_over_rows(A, W, b, labels)[:4]


def compute_on_local_cluster(A, W, b, labels, workers):
    """Run `compute_over_workers` in several processes on this machine.

    In a script, call this function below ``if __name__ == "__main__":``,
    because each new process imports the script.

    Parameters
    ----------
    A, W, b, labels
        As in `sum_over_rows`.
    workers : int
        The number of processes. Each of them receives a part of the rows.

    Returns
    -------
    loss, dW, db
        As in `compute_over_workers`.

    Raises
    ------
    TypeError, ValueError
        For the same reasons as `compute_over_workers`.

    References
    ----------
    Dask's documentation of distributed.LocalCluster and Client.scatter.
    """
    from dask.distributed import Client, LocalCluster  # only for this

    options = {"threads_per_worker": 1, "dashboard_address": None}
    rows = np.array_split(A, workers), np.array_split(labels, workers)
    with (
        LocalCluster(n_workers=workers, **options) as cluster,
        Client(cluster) as client,
    ):
        parts = client.scatter(list(zip(*rows, strict=True)))
        W, b = (client.scatter(x, broadcast=True) for x in (W, b))
        return compute_over_workers(client, parts, W, b)
