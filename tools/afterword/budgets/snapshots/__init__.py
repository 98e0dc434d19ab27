"""Snapshots: as files."""
