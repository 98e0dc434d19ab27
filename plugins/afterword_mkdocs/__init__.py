"""The site of an Afterword library: a MkDocs plugin and its assets."""
