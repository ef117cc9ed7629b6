"""Handwritten digits: scikit-learn's small ones, which need no network, and MNIST for those who ask for it."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Digits:
    """Images as rows of pixels from 0 to 1, and which digit each of them is; a part for learning, a part held out."""

    images: np.ndarray
    labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    side: int
    name: str


def small_digits(seed: int = 0) -> Digits:
    """1797 digits of 8 x 8 pixels by 43 people, of which a quarter is held out; they come with scikit-learn.

    E. Alpaydin and C. Kaynak, *Optical recognition of handwritten digits*, UCI Machine Learning Repository (1998),
    doi:10.24432/C50P49.
    """
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise ImportError("the digits come with scikit-learn: pip install scikit-learn") from None
    images, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(images))
    known, held_out = np.split(order, [len(order) * 3 // 4])
    images = (images / 16).astype(np.float32)
    return Digits(images[known], labels[known], images[held_out], labels[held_out], 8, "8 x 8 digits")


def mnist(source: str | os.PathLike = "openml", seed: int = 0) -> Digits:
    """MNIST: 60,000 digits of 28 x 28 pixels to learn from and 10,000 held out, each part in a random order.

    ``source`` is "openml", which downloads it once (15 MB) through scikit-learn, or a file .npz that you have, with
    the arrays x_train, y_train, x_test and y_test.
    """
    if str(source) == "openml":
        parts = _downloaded()
    else:
        path = Path(source)
        if not path.is_file():
            raise FileNotFoundError(f"there is no file {path}: source is 'openml' or the path of an .npz with MNIST")
        with np.load(path) as file:
            missing = {"x_train", "y_train", "x_test", "y_test"} - set(file.files)
            if missing:
                raise ValueError(f"{path} lacks {', '.join(sorted(missing))}: it holds {', '.join(file.files)}")
            parts = [file[name] for name in ("x_train", "y_train", "x_test", "y_test")]
    rng, ready = np.random.default_rng(seed), []
    for images, labels in (parts[:2], parts[2:]):
        order = rng.permutation(len(images))  # some copies are sorted by digit: no training should see them so
        ready += [(images.reshape(len(images), -1)[order] / 255).astype(np.float32), labels[order].astype(int)]
    known_images, known_labels, test_images, test_labels = ready
    return Digits(known_images, known_labels, test_images, test_labels, 28, "MNIST")


def equally_bright(images: np.ndarray, length: float = 4.6) -> np.ndarray:
    """Images scaled so that each, as a vector, has one length: x <- min(length x / |x|, 1). A black one stays black.

    4.6 is half the length of a typical image of MNIST: a thin stroke then has room to become brighter. The network's
    numbers for such images are :func:`~solutions.models.diehl_cook.settings.for_bright_mnist`.
    """
    lengths = np.linalg.norm(images, axis=1, keepdims=True)
    return np.minimum(length * images / np.where(lengths > 0, lengths, 1), 1).astype(images.dtype)


def _downloaded() -> list[np.ndarray]:
    from sklearn.datasets import fetch_openml

    try:
        images, labels = fetch_openml("mnist_784", version=1, as_frame=False, return_X_y=True)
    except OSError as error:
        raise ConnectionError(
            f"MNIST could not be fetched from openml.org ({error}). Offline use small_digits(), or "
            "mnist('a_file.npz') with a copy that you have"
        ) from None
    labels = labels.astype(int)
    return [images[:60_000], labels[:60_000], images[60_000:], labels[60_000:]]


def mosaic(weights: np.ndarray, side: int, columns: int, gap: int = 1) -> np.ndarray:
    """The columns of ``weights``, shape (side * side, neurons), as one image: a square for each neuron, row by row.

    One image instead of hundreds of axes. Between the squares, and where the last row is not full, it is NaN.
    """
    n = weights.shape[1]
    rows, cell = -(-n // columns), side + gap
    picture = np.full((rows * cell - gap, columns * cell - gap), np.nan, dtype=weights.dtype)
    for k in range(n):
        row, column = divmod(k, columns)
        picture[row * cell : row * cell + side, column * cell : column * cell + side] = weights[:, k].reshape(side, -1)
    return picture
