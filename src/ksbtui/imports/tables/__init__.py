"""Every grid people keep (XLSX, ODS, CSV, HTML, Markdown): its cells, and the tables in it.

``files`` reads a file into grids, ``finder`` finds the tables of a grid whatever they are
about: a subject brings its own words for headings (:class:`finder.Vocabulary`).
"""
