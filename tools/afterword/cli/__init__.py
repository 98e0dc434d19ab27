"""The command line: one file per command. Only here is anything printed, asked, or read from the environment."""
