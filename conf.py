"""What the site is, how strictly it is built, and how it looks."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

# The kernels that execute the pages inherit these: no page needs a set-up cell.
os.environ["PYTHONPATH"] = str(ROOT)
os.environ["PYTHONWARNINGS"] = "default"
os.environ["OMP_NUM_THREADS"] = "1"  # small matrices: threads would only wait
os.environ["MATPLOTLIBRC"] = str(ROOT / ".config" / "matplotlibrc")
os.environ["IPYTHONDIR"] = str(ROOT / "_build" / "ipython")
Path(os.environ["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)

project = html_title = "One Line of NumPy"
author = "the One Line of NumPy contributors"
html_baseurl = os.environ.get(
    "READTHEDOCS_CANONICAL_URL", os.environ.get("SITE_URL", "")
)
repository = os.environ.get("GITHUB_REPOSITORY", "")

extensions = [
    "myst_nb",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx.ext.napoleon",
    "extensions.conf_rules",
    "extensions.site_rules",
    "extensions.page_rules",
    "extensions.page_imports",
    "extensions.standalone_cells",
    "extensions.warm_kernels",
    "extensions.executed_cells",
    "extensions.cell_times",
    "extensions.folded_cells",
    "extensions.addresses",
    "extensions.boxes",
    "extensions.cheat_sheet",
    "extensions.exercises",
    "extensions.questions",
    "extensions.releases",
    "extensions.bibliography",
    "extensions.counts",
    "extensions.changes",
    "extensions.equations",
    "extensions.mathml",
    "extensions.check_control",
    "extensions.quoted_code",
    "extensions.functions",
    "extensions.recorded",
    "extensions.moved",
    "extensions.math_font",
    "extensions.captions",
    "extensions.figures",
    "extensions.colophon",
    "extensions.live.pages",
    "extensions.explorers",
    "extensions.search",
    "extensions.lean_theme",
    "extensions.policy",
    "extensions.digests",
]
nitpicky = True
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_links_external_new_tab = False

# Inline: cells run while their page is read, so that prose can quote their values.
nb_execution_mode = "inline"
nb_execution_timeout = 60
nb_eval_name_regex = ".+"
# An error is one line. The usual lexer takes an "in" for the file of a traceback.
nb_render_error_lexer = "text"

# In the entries of functions, types are words.
autodoc_typehints = "none"
napoleon_google_docstring = False
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_custom_sections = [("Attributes", "params_style")]
toc_object_entries = False

html_math_renderer = "mathml"
html_theme = "sphinx_book_theme"
html_static_path = ["docs/_static"]
html_css_files = ["site.css"]
html_use_index = False
html_domain_indices = False
html_js_files = ["first-paint.js"]
html_logo = html_favicon = "docs/_static/logo.svg"
html_copy_source = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "logo": {"text": project},
    "navbar_persistent": [],
    "use_download_button": False,
    "show_toc_level": 2,
    **({"repository_url": f"https://github.com/{repository}"} if repository else {}),
    "use_repository_button": bool(repository),
    "use_issues_button": bool(repository),
    "use_edit_page_button": bool(repository),
    "path_to_docs": "docs",
}
