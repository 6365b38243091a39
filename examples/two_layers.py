"""A classifier with one hidden layer, trained with the line."""

import numpy as np

from examples.softmax_cross_entropy import softmax


def initialize_parameters(features, hidden, classes, *, seed=0):
    """Return random weights, and biases that are 0.

    Parameters
    ----------
    features, hidden, classes : int
        The numbers d, h and K of inputs, hidden units and classes.
    seed : int, optional
        The seed of the weights.

    Returns
    -------
    list of W1 (d, h), b1 (h,), W2 (h, K), b2 (K,)
        The variance of a weight is 2 divided by its layer's number of
        inputs. With rectifiers, the values then keep their size from
        layer to layer.

    References
    ----------
    He, Zhang, Ren and Sun, Delving deep into rectifiers (2015), 2.2.
    """
    rng = np.random.default_rng(seed)
    W1 = rng.normal(scale=np.sqrt(2 / features), size=(features, hidden))
    W2 = rng.normal(scale=np.sqrt(2 / hidden), size=(hidden, classes))
    return [W1, np.zeros(hidden), W2, np.zeros(classes)]


def forward(A, W1, b1, W2, b2):
    """Compute the values of each layer from the inputs.

    Parameters
    ----------
    A : ndarray of floats, shape (m, d)
    W1, b1, W2, b2 : ndarray of floats, shapes (d, h), (h,), (h, K), (K,)

    Returns
    -------
    Z : ndarray of floats, shape (m, h)
        The hidden units before the rectifier.
    H : ndarray of floats, shape (m, h)
        The hidden units after the rectifier (ReLU), which replaces
        negative values by 0.
    X : ndarray of floats, shape (m, K)
        The logits.

    References
    ----------
    Goodfellow, Bengio and Courville, Deep Learning (2016), 6.3.1.
    """
    Z = A @ W1 + b1
    H = np.maximum(Z, 0)
    X = H @ W2 + b2
    return Z, H, X


def backward(A, y, W1, b1, W2, b2):
    """Return the gradients of the mean loss, all at the same parameters.

    Parameters
    ----------
    A, W1, b1, W2, b2
        As in `forward`.
    y : ndarray of integers, shape (m,)
        Labels from 0 to K - 1.

    Returns
    -------
    dW1, db1, dW2, db2 : ndarray of floats
        Each gradient has the shape of its parameter. The rectifier has no
        derivative at 0, so 0 is used there.

    References
    ----------
    Goodfellow, Bengio and Courville, Deep Learning (2016), 6.5.
    """
    Z, H, X = forward(A, W1, b1, W2, b2)
    m = len(y)
    grad = softmax(X)
    grad[range(m), y] -= 1
    grad /= m
    dZ = grad @ W2.T
    dZ[Z <= 0] = 0
    return A.T @ dZ, dZ.sum(axis=0), H.T @ grad, grad.sum(axis=0)


def train(A, y, parameters, *, steps, rate):
    """Train by gradient descent on the whole batch.

    Parameters
    ----------
    A : ndarray of floats, shape (m, d)
    y : ndarray of integers, shape (m,)
        Labels from 0 to K - 1.
    parameters : list of W1, b1, W2, b2
        The parameters to start from. They are not changed.
    steps : int
        The number of steps.
    rate : float
        The learning rate.

    Returns
    -------
    list of [W1, b1, W2, b2], of length steps + 1
        The parameters before the first step and after each step.

    Raises
    ------
    ValueError
        If the shapes do not fit together, or a label is not an integer
        from 0 to K - 1.

    References
    ----------
    Bishop, Pattern Recognition and Machine Learning (2006), 5.2.4.
    """
    check_training_data(A, y, *parameters)
    history = [parameters]
    for _ in range(steps):
        gradients = backward(A, y, *history[-1])
        pairs = zip(history[-1], gradients, strict=True)
        history.append([part - rate * slope for part, slope in pairs])
    return history


def check_training_data(A, y, W1, b1, W2, b2):
    """Raise an error for data that would silently train a wrong model."""
    parts = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    shapes = {name: part.shape for name, part in parts.items()}
    d, h, K = A.shape[-1], b1.shape[-1], b2.shape[-1]
    fitting = {"W1": (d, h), "b1": (h,), "W2": (h, K), "b2": (K,)}
    if shapes != fitting:
        raise ValueError(
            f"parameters have shapes {shapes}; expected {fitting}"
        )
    if A.ndim != 2 or y.shape != A.shape[:1] or not y.size:
        raise ValueError(
            f"A has shape {A.shape} and y has shape {y.shape}; "
            "expected (m, d) and (m,), with m at least 1"
        )
    if y.dtype.kind not in "iu":
        raise ValueError(f"y has dtype {y.dtype}; expected integers")
    if y.min() < 0 or y.max() >= K:
        raise ValueError(
            f"y has labels from {y.min()} to {y.max()}; "
            f"expected 0 to {K - 1}"
        )
