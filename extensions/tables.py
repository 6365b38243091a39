"""Make a table that no page writes, such as one of all exercises."""

from docutils import nodes


def make_table(rows: list[list[list[nodes.Node]]]) -> nodes.table:
    """Return a table; the first of its rows is its head."""
    head, *body = [
        nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *x)) for x in cells))
        for cells in rows
    ]
    columns = [nodes.colspec(colwidth=1) for _ in rows[0]]
    parts = [*columns, nodes.thead("", head), nodes.tbody("", *body)]
    group = nodes.tgroup("", *parts, cols=len(columns))
    return nodes.table("", group, classes=["colwidths-auto"])
