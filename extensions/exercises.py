"""All exercises on one sheet, from easy to hard, with the answers at the end.

An exercise is written once, on its page. While a page is read, its exercises are noted
in the environment. ``:::{exercise-sheet} table``, ``easy``, ``medium``, ``hard`` and
``answers`` are the parts of the sheet. They are filled when all pages have been read,
so nothing is executed again.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from extensions.boxes import LEVELS
from extensions.page import open_page
from extensions.page_rules import is_exercise
from extensions.questions.listing import make_tag
from extensions.questions.registry import order_pages
from extensions.tables import make_table

PARTS = ("table", *LEVELS.values(), "answers")
OTHER = "Other pages"  # the topic of a page that no table of contents lists


class Exercise(NamedTuple):
    """An exercise of the site.

    Attributes
    ----------
    name : str
        Its name. Its label is ``exercise-NAME``.
    level : str
        A key of `LEVELS`.
    docname : str
        The page that it is on.
    task : nodes.Element
        The task, without the title of its box.
    code, answer : str
        The cell with the gap and the check, and the code that fills the gap.
    """

    name: str
    level: str
    docname: str
    task: nodes.Element
    code: str
    answer: str

    @property
    def title(self) -> str:
        """Return the words of its name."""
        return self.name.replace("-", " ").capitalize()


def note_exercises(app: Sphinx, doctree: nodes.document) -> None:
    """Note the exercises of the page that was read, in their order."""
    docname = app.env.docname
    tasks = [x for x in doctree.findall(nodes.admonition) if "exercise" in x]
    page = open_page(app.env.doc2path(docname))
    boxes = [box for box in page.boxes if box.kind == "exercise"]
    for task, box in zip(tasks, boxes, strict=False):  # one without a level is refused
        if is_exercise(box.cells):
            code, answer, *_ = (cell.code for cell in box.cells)
            text = copy_task(task)
            found = Exercise(
                task["exercise"], task["level"], docname, text, code, answer
            )
            list_noted(app.env)[docname].append(found)


def copy_task(box: nodes.admonition) -> nodes.Element:
    """Return a copy of a task that can be stored apart from its page."""
    task = nodes.container("", *(node.deepcopy() for node in box.children[1:]))
    for node in task.findall():
        node.document = None
    return task


def list_noted(env: BuildEnvironment) -> dict[str, list[Exercise]]:
    """Return the exercises of each page."""
    if not hasattr(env, "exercises"):
        env.exercises = defaultdict(list)
    return env.exercises


def forget_page(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the exercises of a page that is removed or read again."""
    list_noted(env).pop(docname, None)


def merge_pages(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    """Take the exercises of the pages that another process has read."""
    noted = list_noted(other)
    list_noted(env).update({name: noted[name] for name in docnames if name in noted})


def list_exercises(env: BuildEnvironment) -> list[Exercise]:
    """Return all exercises from easy to hard, each level in the order of the pages."""
    noted = list_noted(env)
    found = [x for name in order_pages(env) for x in noted.get(name, [])]
    return sorted(found, key=lambda exercise: exercise.level)


def name_topics(env: BuildEnvironment) -> dict[str, str]:
    """Return the topic of each page: the caption of the table that lists it."""
    toc = env.tocs[env.config.root_doc]
    return {
        docname: tree["caption"]
        for tree in toc.findall(addnodes.toctree)
        for _, docname in tree["entries"]
        if tree.get("caption")
    }


class ExercisePart(nodes.General, nodes.Element):
    """The place of a part of the sheet."""


class Sheet(SphinxDirective):
    """A part of the sheet of all exercises."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place of the part; read this page again in every build."""
        (part,) = self.arguments
        if part not in PARTS:
            raise self.error(f"expected one of {', '.join(PARTS)}")
        self.env.note_reread()
        return [ExercisePart(part=part)]


class FillSheet(SphinxPostTransform):
    """Fill the sheet before Sphinx resolves the references in its tasks."""

    default_priority = 5

    def run(self) -> None:
        """Replace the place of each part."""
        places = list(self.document.findall(ExercisePart))
        numbered = list(enumerate(list_exercises(self.env), 1)) if places else []
        for place in places:
            if place["part"] == "table":
                made = [self.write_table(numbered)]
            elif place["part"] == "answers":
                made = [write_answer(number, x) for number, x in numbered]
            else:
                level = place["part"]
                chosen = [(n, x) for n, x in numbered if LEVELS[x.level] == level]
                made = [self.write_task(number, x) for number, x in chosen]
            place.replace_self(made)

    def write_table(self, numbered: list[tuple[int, Exercise]]) -> nodes.table:
        """Return the levels, the number of their exercises, and their topics."""
        topics = name_topics(self.env)
        rows = [[[nodes.Text(x)] for x in ("Level", "Exercises", "Topics")]]
        for level, word in LEVELS.items():
            inside = [(n, x) for n, x in numbered if x.level == level]
            grouped = defaultdict(list)
            for _, exercise in inside:
                grouped[topics.get(exercise.docname, OTHER)].append(exercise)
            links = [link_topic(topic, group) for topic, group in grouped.items()]
            rows.append(
                [
                    [nodes.Text(word.capitalize())],
                    [nodes.Text(str(len(inside)))],
                    [x for link in links for x in (nodes.Text(", "), *link)][1:],
                ]
            )
        return make_table(rows)

    def write_task(self, number: int, exercise: Exercise) -> nodes.admonition:
        """Return an exercise with its code, and with links to its page and answer."""
        title = f"{number}. {exercise.title}"
        box = nodes.admonition(ids=[f"task-{exercise.name}"], classes=["exercise"])
        box += nodes.title(title, title)
        box += exercise.task.deepcopy().children
        for link in box.findall(addnodes.pending_xref):
            link["refdoc"] = self.env.docname
        box += nodes.literal_block(
            exercise.code, exercise.code, language="python", classes=["task"]
        )
        uri = self.app.builder.get_relative_uri(self.env.docname, exercise.docname)
        page = nodes.reference(
            "",
            "",
            *self.env.titles[exercise.docname].deepcopy().children,
            refuri=f"{uri}#exercise-{exercise.name}",
            internal=True,
        )
        answer = link_here("Answer", f"answer-{exercise.name}")
        line = [nodes.Text("From "), page, nodes.Text(". "), answer]
        box += nodes.paragraph("", "", *line, classes=["exercise-place"])
        return box


def link_topic(topic: str, group: list[Exercise]) -> list[nodes.Node]:
    """Return a link to the first exercise of a topic, and how many there are."""
    link = link_here(topic, f"task-{group[0].name}")
    return [link, nodes.Text(f"\N{NO-BREAK SPACE}({len(group)})")]


def link_here(text: str, label: str) -> nodes.reference:
    """Return a link to a place on the same page."""
    return nodes.reference("", text, refuri=f"#{label}", internal=True)


def write_answer(number: int, exercise: Exercise) -> nodes.Element:
    """Return the answer of an exercise, folded behind its title."""
    title = f"{number}. {exercise.title}"
    code = nodes.literal_block(exercise.answer, exercise.answer, language="python")
    summary = make_tag("summary", nodes.Text(title))
    fold = make_tag("details", summary, code, CLASS="answer")
    fold["ids"].append(f"answer-{exercise.name}")
    return fold


def setup(app: Sphinx) -> dict[str, bool]:
    """Note the exercises as pages are read, and fill the sheet as it is written."""
    app.setup_extension("extensions.boxes")
    app.add_directive("exercise-sheet", Sheet)
    app.add_node(ExercisePart)
    app.connect("doctree-read", note_exercises)
    app.connect("env-purge-doc", forget_page)
    app.connect("env-merge-info", merge_pages)
    app.add_post_transform(FillSheet)
    return {"parallel_read_safe": True}
