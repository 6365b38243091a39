"""The fast function beside other libraries, in a process of its own.

``python -m tests.bench.peers`` prints the measurements as JSON. Each library runs on
one thread, and none of them pays for new pages of memory: see `ENVIRONMENT`.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version

import numpy as np

from tests.bench import fast
from tests.bench.case import Case, measure_case

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    # glibc keeps what is freed. Otherwise each array of more than 32 MiB would be
    # given back and asked for again, page by page, in every call.
    "MALLOC_MMAP_THRESHOLD_": str(2**33),
    "MALLOC_TRIM_THRESHOLD_": str(2**34),
}
LIBRARIES = ("torch", "jax", "numba")
WAYS = {
    "PyTorch": "loss, grad = differentiate(T, t)",
    "PyTorch by hand": "loss, grad = compute_by_torch(D, cells, B)",
    "JAX": "loss, grad = compute_by_jax(J, j)",
    "numba": "loss, grad = compute_by_numba(X, y, G)",
    **{way: fast.STEPS[way] for way in ("textbook", "fast", *fast.APART)},
}


def cases() -> Iterator[Case]:
    """Yield the ways in each shape."""
    functions = load_functions()
    for size in fast.SIZES:
        for dtype in fast.DTYPES:
            batch = partial(make_batch, *size, dtype, functions)
            yield Case("peers", *size, dtype, batch, WAYS, apart=fast.APART)


def make_batch(m: int, K: int, dtype: str, functions: dict[str, Callable]) -> dict:
    """Return a batch as each library takes it."""
    import jax.numpy as jnp
    import torch

    names = fast.make_batch(m, K, dtype)
    T, t = torch.tensor(names["X"], requires_grad=True), torch.tensor(names["y"])
    D = T.detach()
    torches = {"T": T, "t": t, "D": D, "B": torch.empty_like(D)}
    torches["cells"] = torch.arange(0, m * K, K) + t
    jaxes = {"J": jnp.asarray(names["X"]), "j": jnp.asarray(names["y"])}
    return {**names, **functions, **torches, **jaxes}


def load_functions() -> dict[str, Callable]:
    """Return the functions of the other libraries, compiled where they can be."""
    import jax
    import jax.numpy as jnp
    import numba
    import torch

    torch.set_num_threads(1)
    jax.config.update("jax_enable_x64", True)

    def differentiate(logits, labels):
        """Let autograd differentiate: what people write."""
        logits.grad = None
        loss = torch.nn.functional.cross_entropy(logits, labels)
        loss.backward()
        return loss.item(), logits.grad

    def compute_by_torch(logits, cells, out):
        """Write the gradient over an array, in three passes: the best by hand."""
        m = len(logits)
        torch.softmax(logits, 1, out=out)
        out /= m
        entries = out.view(-1)
        picked = entries[cells]
        entries[cells] = picked - 1 / m
        return -(picked * m).log().mean().item(), out

    @jax.jit
    def compile_for_jax(X, y):
        shifted = X - X.max(axis=1, keepdims=True)
        exps = jnp.exp(shifted)
        total = exps.sum(axis=1, keepdims=True)
        picked = jnp.take_along_axis(shifted, y[:, np.newaxis], axis=1)
        onehot = y[:, np.newaxis] == jnp.arange(X.shape[1])
        return (jnp.log(total) - picked).mean(), (exps / total - onehot) / len(X)

    def compute_by_jax(X, y):
        loss, grad = compile_for_jax(X, y)
        return loss.item(), grad.block_until_ready()

    @numba.njit(fastmath=True)
    def compute_by_numba(X, y, grad):
        m, K = X.shape
        one, loss = X.dtype.type(1), 0.0
        for i in range(m):
            largest = X[i, 0]
            for k in range(K):
                largest = max(largest, X[i, k])
            total = one * 0
            for k in range(K):
                grad[i, k] = math.exp(X[i, k] - largest)
                total += grad[i, k]
            scale = one / (total * m)
            for k in range(K):
                grad[i, k] *= scale
            loss += math.log(total) + largest - X[i, y[i]]
            grad[i, y[i]] -= one / m
        return loss / m, grad

    made = (differentiate, compute_by_torch, compute_by_jax, compute_by_numba)
    return {function.__name__: function for function in made}


def measure_in_process(rounds: int) -> dict:
    """Run this module in a process that has its environment; return its record."""
    command = [sys.executable, "-m", "tests.bench.peers", str(rounds)]
    env = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Print the measurements; what is made by other libraries is not counted."""
    rows = []
    for case in cases():
        print(case.study, *case[1:4], file=sys.stderr)
        rows += [(*row[:-1], None) for row in measure_case(case, int(sys.argv[1]))]
    versions = {name: version(name) for name in ("numpy", *LIBRARIES)}
    print(json.dumps({"versions": versions, "rows": rows}))


if __name__ == "__main__":
    main()
