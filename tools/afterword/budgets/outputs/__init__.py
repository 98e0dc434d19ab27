"""Outputs: rules and dashboards for other tools, made from the same objectives."""
