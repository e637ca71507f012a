"""studyguide: session files that people write become handouts that people hold.

It is one straight line, and `build` is the only module that knows the order::

    guides/<guide>/            a folder of Markdown
       |  read        reader/    Markdown and YAML front matter -> checked model, every problem with file:line:column
       v
    Manuscript                 the guide, its sessions, the files that were read
       |  typeset     latex/     model -> LaTeX fragments (PyLaTeX) placed in latex_templates/ (Jinja2)
       v
    TexDocument                preamble, body, assets, origins (line of the body -> line of the author's file)
       |  compile     engine/    LuaLaTeX, already running and warm -> PDF, log -> diagnostics on the author's lines
       v
    CompiledPdf                path, page count, passes, warnings
       |  finish      prepress/  pypdf: metadata, outline, page labels, inserts
       v
    Publication                the files in build/, replaced only when complete and read back

A stage is a package with one public verb. Stages do not know each other: what crosses a border is a frozen record in
`artifacts`; what a guide *is* stands in `model`; what can go wrong stands in `errors` and, with a place in an author's
file, in `diagnostics`. Stages get values, never the settings, the clock or the environment.

Around the line: `importer` ends where `reader` begins (raw notes become session files); `preview` runs the line again
whenever a source changes and shows the newest proof; `making` takes one document from compile to publish; `settings`
(studyguide.toml), `cache` and `store` (what need not be made again), `publish` (a finished file
takes its place), `scaffold` (a new guide), `description` (what a PDF says of itself), `cli` (arguments in, one call
out; the only module that prints or exits).

Words: *front matter* is the YAML header of a file, *prelims* a book's opening pages; a *locator* is a place in the
studied book, a *span* a place in an author's file; a *block* is a piece of the model, a *fragment* its LaTeX; a *pass*
is one run of the engine; a *draft* is what the importer understood of notes; a *proof* is what the preview shows; an
*audience* is whom a variant is for, a *paper* what it is laid out for.

From Python: `studyguide.build.build_guides` does what the command does.
"""

__version__ = "0.1.0"
