"""Split the vocabulary: each process computes some of the classes."""

from contextlib import contextmanager
from functools import reduce
from itertools import pairwise
from multiprocessing import get_context

import numpy as np

from examples.chunked import (
    Sums,
    compute_losses,
    divide_in_place,
    find_label_cells,
    merge_summaries,
    select_counted_rows,
    summarize_block,
)


def compute_over_processes(A, W, b, labels, workers):
    """Return the mean loss and its gradients, from several processes.

    In a script, call this function below ``if __name__ == "__main__":``,
    because each new process imports the script.

    Parameters
    ----------
    A : ndarray of floats, shape (m, d)
    W : ndarray of floats, shape (d, K)
    b : ndarray of floats, shape (K,)
    labels : ndarray of integers, shape (m,)
        Classes from 0 to K - 1.
    workers : int
        The number of processes, from 1 to K.

    Returns
    -------
    sums : Sums
        The mean loss, the number of examples, and the gradients. ``dW``
        and ``db`` are joined here. In training, each process would keep
        its own part.
    sent : dict of str to int
        The bytes of each message between this process and one of the
        others.

    Raises
    ------
    TypeError, ValueError
        If an argument has another dtype, shape or value than above.
    EOFError
        If a process ends before it sends its result.

    References
    ----------
    Shoeybi et al., Megatron-LM: Training Multi-Billion Parameter
    Language Models Using Model Parallelism (2019), section 3.
    """
    select_counted_rows(A, W, b, labels)
    if not 1 <= workers <= len(b):
        raise ValueError(f"workers is {workers}; expected 1 to {len(b)}")
    cuts = np.linspace(0, len(b), workers + 1).astype(int).tolist()
    given = [
        (A, W[:, first:end], b[first:end], labels, first)
        for first, end in pairwise(cuts)
    ]
    with start_processes(run_worker, given) as links:
        states = [link.recv() for link in links]
        state = reduce(merge_summaries, states)
        for link in links:
            link.send((state.largest, state.total))
        dW, db, dA = zip(*[link.recv() for link in links], strict=True)
    sums = Sums(
        float(compute_losses(state).sum(dtype=float)),
        len(labels),
        np.concatenate(dW, axis=1),
        np.concatenate(db),
        sum(dA),
    )
    sent = {
        "maximum, sum, label's logit": sum(x.nbytes for x in states[0]),
        "merged maximum and sum": state.largest.nbytes + state.total.nbytes,
        "its part of dA": dA[0].nbytes,
    }
    return divide_in_place(sums), sent


def run_worker(link, A, W, b, labels, first):
    """Compute the part of one process, which has some of the classes.

    Parameters
    ----------
    link : multiprocessing.connection.Connection
        The connection to the process that merges the results.
    A : ndarray of floats, shape (m, d)
    W : ndarray of floats, shape (d, n)
    b : ndarray of floats, shape (n,)
        The weights and biases of this process's classes.
    labels : ndarray of integers, shape (m,)
        Labels among all classes.
    first : int
        The class of the first column of `W`.
    """
    X = A @ W
    X += b
    own = summarize_block(X, labels, first)
    # X is now exp(X - own.largest).
    link.send(own)
    largest, total = link.recv()
    X *= (np.exp(own.largest - largest) / total)[:, np.newaxis]
    X[find_label_cells(labels, first, len(b))] -= 1  # at the labels
    link.send((A.T @ X, X.sum(axis=0), X @ W.T))


@contextmanager
def start_processes(target, given):
    """Start a process for each tuple of arguments; yield connections."""
    context = get_context("spawn")  # the same on every operating system
    links, processes = [], []
    try:
        for arguments in given:
            near, far = context.Pipe()
            process = context.Process(target=target, args=(far, *arguments))
            process.start()
            far.close()  # or recv() would not notice that it ended
            links.append(near)
            processes.append(process)
        yield links
    finally:
        for link in links:
            link.close()
        for process in processes:
            process.join()
