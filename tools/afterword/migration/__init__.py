"""Migration: the reports of another place as a library of ours. No sentence is lost, and nothing is invented.

In the order in which the data flows:

``collection``  the files of the source: reports, pages beside them, templates, assets; ``judging`` tells which is what,
                ``documents`` what nobody can read
``forms``       one file in a foreign form (front matter, Confluence, incident.io, plain Markdown) as a ``page``
``page``        Markdown with the source's line numbers, and what was stated outside of the text as fields
``outline``     the blocks and sections of a page; ``words``: inline Markdown as plain text; ``insets``: what the site
                reads as the text of an admonition, a tab or a footnote
``headings``    which of the parts a foreign heading opens or belongs to
``fields``      what a page states by name: ``**Severity:** SEV2``, rows of a table of facts, lists of figures
``times``       days, times of day and zones as people write them; the calendar of a page; the events of its timeline
``reading``     a page with all of that, for those who tell ``facts``:
``milestones``  started … resolved; ``detection``: who or what noticed; ``several``: whether it is about one incident
``stated``      title, summary, severity, category, services, people, status, from the source's words alone
``actions``     what was to be done: owner, due, link, done
``study``       all that one page says
``vocabulary``  the severities, categories and services of all pages as words of the settings; ``lexicon``: the settings
``names``       the new file of each page; ``links``: where its links lead then, and which files go with it
``body``        the text as it stays; ``front``: the front matter; ``compose``: both as a file, checked
``plan``        all of it for one source, without writing anything; ``spread``: in several processes
``ledger``      what was written, so that a second run leaves alone what somebody has edited since;
                ``claims``: of which page each file was made
``account``     what was taken, from which line, what could not be told and why; ``narrative``: the same for people;
                ``secrecy`` keeps secrets out of it
"""
