"""Links: what can be linked to within a page, and whether addresses on the web are still there."""
