"""Link to a file of the repository, where the repository is known."""

from docutils import nodes
from sphinx.config import Config


def link_file(config: Config, file: str, shown: nodes.Node) -> nodes.Node:
    """Return the node as a link to a file, or as it is.

    Parameters
    ----------
    config : sphinx.config.Config
        The repository is the theme's option ``repository_url``.
    file : str
        The path of the file in the repository.
    shown : docutils.nodes.Node
        What the reader sees.
    """
    if repository := config.html_theme_options.get("repository_url"):
        url = f"{repository}/blob/HEAD/{file}"
        return nodes.reference("", "", shown, refuri=url)
    return shown
