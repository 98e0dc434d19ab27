"""Reporters: what a check found, as text for people or machines. They return it; only the command line prints."""
