"""Pages: typed data and templates → HTML. Knows neither MkDocs nor who puts the pages into a theme."""

from afterword.pages.page import Heading, Page
from afterword.pages.site import Site
from afterword.pages.urls import Urls

__all__ = ["Heading", "Page", "Site", "Urls"]
