"""Training and judging networks: cases, tiles, recipes, metrics, bundles."""
