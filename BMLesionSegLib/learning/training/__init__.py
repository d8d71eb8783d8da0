"""From cases to a model: recipes, tiles, losses, the loop, the bundle."""
