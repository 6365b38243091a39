"""scikit-learn's multinomial loss with sample weights, and the model that uses it."""

import itertools
from collections.abc import Iterator

import numpy as np
from sklearn._loss import HalfMultinomialLoss
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.linear_model._linear_loss import LinearModelLoss
from sklearn.metrics import log_loss

from tests.peers.case import Case, Deviation

NONE = {"reduction": "none"}


def multinomial_loss() -> Iterator[Case]:
    """Yield probabilities; losses and gradients times the sample weights."""
    for logits, labels, share in problems():
        judge = HalfMultinomialLoss(n_classes=logits.shape[1])
        given = labels.astype(logits.dtype), logits, share
        loss, grad = judge.loss_gradient(*given)
        _, P = judge.gradient_proba(*given)
        both = logits, labels
        yield Case("softmax", (logits,), {}, P)
        yield Case("cross_entropy", both, NONE, loss, lambda x, s=share: x * s)
        yield Case(
            "cross_entropy_grad", both, NONE, grad, lambda x, s=share: x * s[:, None]
        )


def class_weights() -> Iterator[Case]:
    """Yield sums with a weight for each class: each example's sample weight."""
    rng = np.random.default_rng(1)
    for logits, labels, _ in problems():
        judge = HalfMultinomialLoss(n_classes=logits.shape[1])
        weight = rng.uniform(0.5, 2, logits.shape[1]).astype(logits.dtype)
        given = labels.astype(logits.dtype), logits, weight[labels]
        loss, grad = judge.loss_gradient(*given)
        both, options = (logits, labels), {"weight": weight}
        mean = (loss.sum(dtype=float) / weight[labels].sum(dtype=float)).astype(
            logits.dtype
        )
        yield Case("cross_entropy", both, options, mean)
        yield Case("cross_entropy_grad", both, {**options, "reduction": "sum"}, grad)


def log_losses() -> Iterator[Case | Deviation]:
    """Yield means weighted by sample, from probabilities."""
    for logits, labels, share in problems():
        if logits.dtype == float and np.abs(logits).max() < 10:
            K = logits.shape[1]
            _, P = HalfMultinomialLoss(n_classes=K).gradient_proba(
                labels.astype(float), logits
            )
            theirs = np.array(log_loss(labels, P, labels=range(K), sample_weight=share))
            yield Case(
                "cross_entropy",
                (logits, labels),
                NONE,
                theirs,
                lambda x, s=share: np.average(x, weights=s),
            )
    logits, labels = np.array([[1000.0, 0, 0]]), np.array([1])
    theirs = np.array(log_loss(labels, [[1.0, 0, 0]], labels=range(3)))
    reason = "log_loss takes probabilities, and puts eps in the place of 0"
    clipped = Case("cross_entropy", (logits, labels), {}, theirs)
    yield Deviation(clipped, reason, -np.log(np.finfo(float).eps), wanted=1000)


def linear_model() -> Iterator[Case]:
    """Yield LogisticRegression's gradient with respect to weights and intercepts."""
    rng = np.random.default_rng(2)
    for K, intercept in itertools.product((3, 5), (True, False)):
        X, labels = rng.normal(size=(20, 4)), rng.integers(K, size=20)
        share, coef = rng.uniform(size=20), rng.normal(size=(K, 4 + intercept))
        inputs = np.column_stack([X, np.ones(20)]) if intercept else X
        model = LinearModelLoss(HalfMultinomialLoss(n_classes=K), intercept)
        loss, grad = model.loss_gradient(coef, X, labels.astype(float), share)
        both = inputs @ coef.T, labels
        mean = share / share.sum()
        yield Case("cross_entropy", both, NONE, np.array(loss), lambda x, s=mean: x @ s)
        yield Case(
            "cross_entropy_grad",
            both,
            NONE,
            grad,
            lambda x, s=mean, X=inputs: (x * s[:, None]).T @ X,
        )


def fitted_model() -> Iterator[Case]:
    """Yield the gradient where LogisticRegression has found the minimum: 0."""
    X, y = load_iris(return_X_y=True)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    model = LogisticRegression(solver="newton-cholesky", tol=1e-14, max_iter=500)
    penalty = model.fit(X, y).coef_ / (model.C * len(y))
    yield Case(
        "delta_cross_entropy",
        (model.decision_function(X), y),
        {},
        np.zeros_like(model.coef_),
        lambda x: x.T @ X + penalty,
    )


SOURCES = (multinomial_loss, class_weights, log_losses, linear_model, fitted_model)


def problems() -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield logits, labels and sample weights."""
    rng = np.random.default_rng(0)
    for dtype, K, size in itertools.product("fd", (3, 5, 10), (1.0, 3.0, 100.0)):
        logits = (size * rng.normal(size=(7, K))).astype(dtype)
        weights = rng.uniform(size=7).astype(dtype)
        weights[0] = 0
        yield logits, rng.integers(K, size=7), weights
