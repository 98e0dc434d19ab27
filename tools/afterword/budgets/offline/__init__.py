"""Offline: telemetry that lies in files, measured without a server."""
