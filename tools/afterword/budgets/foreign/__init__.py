"""Foreign: objectives of other tools, translated into ours."""
