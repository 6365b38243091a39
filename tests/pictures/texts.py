"""Read the words of a figure back, to compare them with what it was given."""

from matplotlib.figure import Figure


def list_texts(figure: Figure, label: str | None = None) -> list[str]:
    """Return the texts in the axes of a figure, in drawing order.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    label : str, optional
        Return only texts with this label, such as "cell".
    """
    texts = [text for axes in figure.axes for text in axes.texts]
    return [x.get_text() for x in texts if label is None or x.get_label() == label]
