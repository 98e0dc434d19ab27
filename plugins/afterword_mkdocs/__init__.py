"""The site of an Afterword library: a MkDocs plugin, its theme overrides and assets."""
