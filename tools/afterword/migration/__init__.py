"""Migration: the reports of another place as a library of ours. No sentence is lost, and nothing is invented.

In the order in which the data flows:

``collection``  the files of the source: reports, pages beside them, templates, assets; ``judging`` tells which is what
``forms``       one file in a foreign form (front matter, Confluence, incident.io, plain Markdown) as a ``page``
``page``        Markdown with the source's line numbers, and what was stated outside of the text as fields
``outline``     the blocks and sections of a page
``headings``    which of the parts a foreign heading opens or belongs to, by the names in ``homes``
``fields``      what a page states by name: ``**Severity:** SEV2``, rows of a table of facts, lists of figures
``dates``       days as people write them, ``clocks`` times, ``zones`` zones; ``stamps``: all three before a text
``calendar``    which order, year and zone a page means
``events``      the timeline: ``entries`` in lists, paragraphs, headings and ``timetables``, and their ``reckoning``
``milestones``  started … resolved; ``detection``: who or what noticed
``stated``      title, summary, severity, category, services, people, status, from the source's words alone
``several``     pages that tell of more than one incident, of which little is true as a whole
``actions``     what was to be done: owner, due, link, done
``vocabulary``  the severities, categories and services of all pages as words of the settings
``names``       the new file of each page; ``links``: where its links lead then: found by ``scan``, led by ``routes``,
                with ``assets`` beside them and the ``anchors`` of headings that moved
``body``        the text as it stays: headings at their ``levels``, a part for the ``opening``, edits of a ``sheet`` put
                in by ``splice``, and ``defuse`` for what only the site would read otherwise
``front``       the front matter; ``compose``: it and the body as a file
``ledger``      what was written, so that a second run leaves alone what somebody has edited since
``account``     what was taken, from which line, and what could not be told and why; ``narrative``: the same for people
``plan``        all of it for one source, without writing anything
"""
